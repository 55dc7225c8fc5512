"""One page to send: articles with their quotes marked; nothing runs in it, nothing is fetched."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from quotes.archive import Archive, Filters, StoredArticle
from quotes.archive.export.tables import export_articles
from quotes.messages import speaking
from quotes.model import Article, Extraction, Quote, QuoteKind, Role, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MARKET, extraction, full

EVIL = '</p><script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for one in (full(), COUNCIL, MARKET):
        archive.add(one, extractor_version="1")
    return archive


def page(articles: list[StoredArticle]) -> str:
    stream = io.StringIO()
    export_articles(articles, stream, format="html")
    return stream.getvalue()


class Reading(HTMLParser):
    """Which tags and attributes a page has, what is marked, what leads where."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.marked = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked += data


def read(text: str) -> Reading:
    found = Reading()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def test_articles_with_their_quotes_marked(filled: Archive) -> None:
    articles = list(filled.quoted())
    text = page(articles)
    found = read(text)
    assert "Nous attendrons" in found.marked
    assert "Jeanne Roy" in text
    assert "maire de Saint-Aubin" in text
    assert f"{sum(len(one.quotes) for one in articles)} quotes · {len(articles)} articles" in text
    assert len(set(found.ids)) == len(found.ids)
    # Every number leads to its note and back, the list of titles to its articles.
    assert {one.removeprefix("#") for one in found.links if one.startswith("#")} <= set(found.ids)
    assert [one for one in found.links if not one.startswith("#")] == ["https://courrier.example/pont"]


def test_only_the_quotes_that_match_are_marked(filled: Archive) -> None:
    found = read(page(list(filled.quoted(Filters(speaker="Jeanne Roy"), query="dégel"))))
    assert "dégel" in found.marked
    assert len([one for one in found.ids if one.startswith("n")]) == 1


def test_nothing_runs_and_nothing_is_fetched(archive: Archive) -> None:
    text = f"« {EVIL} » dit-il.\n\n« Oui. »"
    start = text.index(EVIL)
    speaker = Speaker(EVIL, SpeakerType.PERSON)
    quote = Quote(
        start, start + len(EVIL), EVIL, QuoteKind.DIRECT, speaker=speaker, role=Role(EVIL), rule="incise",
        confidence=0.9,
    )  # fmt: skip
    article = Article(
        text, title=EVIL, authors=(EVIL,), outlet=EVIL, section=EVIL, url="javascript:alert(3)", source=EVIL
    )
    archive.add(Extraction(article, (quote,)), extractor_version="1")
    printed = page(list(archive.quoted()))
    found = read(printed)
    assert not found.tags & {"script", "img", "link", "iframe", "object", "form", "base", "svg"}
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "style")}
    assert not any("javascript" in one for one in found.links)
    assert "url(" not in printed
    assert "@import" not in printed
    assert "default-src 'none'" in printed


def test_an_address_cannot_leave_its_place(archive: Archive) -> None:
    one = extraction("« Oui », dit-elle.", ("Oui", JEANNE), url='https://a.example/"><script>x</script>')
    archive.add(one, extractor_version="1")
    assert "script" not in read(page(list(archive.quoted()))).tags


def test_what_steers_a_line_is_left_out(archive: Archive) -> None:
    archive.add(extraction("« Oui\u202e », dit-elle.", ("Oui\u202e", JEANNE)), extractor_version="1")
    text = page(list(archive.quoted()))
    assert "\u202e" not in text


def test_told_words_are_marked_as_told(archive: Archive) -> None:
    told = extraction("Jeanne Roy dit que le pont fermera.", ("le pont fermera", JEANNE))
    (quote,) = told.quotes
    archive.add(replace(told, quotes=(replace(quote, kind=QuoteKind.INDIRECT),)), extractor_version="1")
    assert '<mark class="indirect">le pont fermera</mark>' in page(list(archive.quoted()))


def test_without_a_title_an_article_is_called_by_its_beginning(archive: Archive) -> None:
    archive.add(extraction("« Oui », dit-elle.", ("Oui", JEANNE)), extractor_version="1")
    assert "« Oui », dit-elle.…" in page(list(archive.quoted()))


def test_in_french(filled: Archive) -> None:
    with speaking("fr"):
        text = page(list(filled.quoted()))
    assert '<html lang="fr">' in text
    assert "Surligné : dit en ces mots" in text
    assert re.search(r"\(sûr, \d+\u00a0%, citation 1\)", text)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [360, 900])
def test_in_a_browser(browser: object, filled: Archive, tmp_path: Path, width: int) -> None:
    target = tmp_path / "citations.html"
    export_articles(filled.quoted(), target, format="html")
    sheet = browser.new_page(viewport={"width": width, "height": 800})  # type: ignore[attr-defined]
    said: list[str] = []
    sheet.on("console", lambda message: said.append(message.text))
    sheet.on("pageerror", lambda error: said.append(str(error)))
    sheet.goto(target.as_uri())
    assert sheet.locator("mark").count() >= 3
    # Nothing sticks out sideways.
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    sheet.close()
