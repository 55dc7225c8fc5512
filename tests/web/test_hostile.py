"""Titles, names, questions, numbers and places that somebody hostile has written: pages answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.archive import open_archive
from quotes.model import Article, Extraction, Quote, QuoteKind, Role, Speaker, SpeakerType
from tests.web.conftest import Visitor, visitor

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>' {{ 7*7 }} {% raw %} \u202e\u2066"
WORDS = f"Nous dirons {EVIL} demain"


def hostile() -> Extraction:
    text = f"{EVIL}\n« {WORDS} », a dit {EVIL}."
    start = text.index(WORDS)
    said = Quote(
        start,
        start + len(WORDS),
        WORDS,
        QuoteKind.DIRECT,
        speaker=Speaker(EVIL, SpeakerType.PERSON),
        role=Role(EVIL),
        rule="incise",
        confidence=0.9,
    )
    article = Article(
        text,
        title=EVIL,
        authors=(EVIL,),
        outlet=EVIL,
        published="2024-05-17<script>",
        url="javascript:alert(1)",
        source=EVIL,
        section=EVIL,
    )
    return Extraction(article, (said,))


class Reading(HTMLParser):
    """What a browser would make of a page: scripts, handlers, images."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.wrong.append(f"{tag} {name}={value}")
            if tag in ("script", "img") and name == "src" and not (value or "").startswith("/"):
                self.wrong.append(f"{tag} {value}")


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[Visitor]:
    place = tmp_path / "mal.db"
    with open_archive(place) as archive:
        archive.add(hostile(), extractor_version="test")
    yield from visitor(place, edit=True, who=EVIL)


ADDRESSES = [
    "/",
    "/search",
    f"/search?{urlencode({'q': EVIL, 'speaker': EVIL, 'outlet': EVIL, 'since': EVIL, 'kind': EVIL})}",
    "/search?q=demain",
    "/articles/1?quote=1",
    "/articles/1/quotes/1",
    "/speakers",
    "/speakers/1",
    f"/speakers?{urlencode({'name': EVIL})}",
    "/speakers/doubles",
    "/review",
    "/history",
    "/figures?by=outlet&over=role",
    f"/figures?{urlencode({'q': EVIL, 'by': EVIL, 'outlet': EVIL})}",
    "/figures.svg?by=speaker",
    f"/verify?{urlencode({'wording': WORDS, 'speaker': EVIL})}",
    f"/{quote(EVIL)}",
    f"/search?lang={quote(EVIL)}",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_written_by_others_runs(evil: Visitor, address: str) -> None:
    answer = evil.client.get(address)
    assert answer.status_code in (200, 404)
    reading = Reading()
    reading.feed(answer.text)
    assert reading.wrong == []
    assert "<script>alert" not in answer.text
    # A template that somebody wrote into a title is never filled in.
    assert "img src=x onerror=alert(2)>' 49" not in answer.text
    assert "&#39; 49" not in answer.text


@pytest.mark.parametrize("address", ["/", "/search", "/articles/1", "/speakers/1", "/history"])
def test_directions_end_where_they_began(evil: Visitor, address: str) -> None:
    page = evil.get(address)
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", title[1])
    for attribute in re.findall(r'\s(?:alt|aria-label|value|placeholder)="([^"]*)"', page):
        assert "\u202e" not in attribute or address.startswith("/articles")
    # What turns stands in an element that keeps it.
    outside = re.sub(
        r"<bdi>.*?</bdi>|<(p|h2) class=\"zone\">.*?</\1>|<textarea.*?</textarea>", "", page, flags=re.DOTALL
    )
    outside = re.sub(r'value="[^"]*"', "", outside)
    assert "\u202e" not in outside


def test_hostile_forms(evil: Visitor) -> None:
    evil.post("/fix", {"quote": "1", "article": "1", "verdict": EVIL}, 400)
    evil.post("/fix", {"quote": "99", "article": "1", "verdict": "right"}, 409)
    evil.post("/fix", {"quote": "9" * 30, "article": "1", "verdict": "right"}, 400)
    evil.post("/fix", {"quote": "1", "article": EVIL, "verdict": "right"}, 400)
    evil.post("/fix", {"quote": "1", "article": "1", "verdict": "speaker", "speaker": "?!"}, 409)
    evil.post("/rename", {"speaker": "1", "name": "…"}, 400)
    evil.post("/rename", {"speaker": "77", "name": "Zoé"}, 409)
    evil.post("/merge", {"target": "1", "other": ""}, 400)
    evil.post("/merge", {"target": "1", "other": "Personne"}, 409)
    evil.post("/merge", {"target": "1", "other": "1"}, 409)
    evil.post("/split", {"speaker": "1", "article": "1"}, 409)
    evil.post("/undo", {"change": "7"}, 409)
    evil.post("/undo", {}, 409)
    assert evil.room.archive.corrections() == []


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "W10=",
        "é",
        "eyJhIjogMX0=",
        "WyJkYXRlIiwgMSwgMV0=",
        "WyJiZXN0IiwgMC41LCA5OTk5OTk5OTk5OTk5OTk5OTk5OTld",
        "A" * 5_000,
    ],
)
@pytest.mark.parametrize("path", ["/search?q=demain&", "/search?", "/speakers/1?"])
def test_places_that_are_none(evil: Visitor, path: str, cursor: str) -> None:
    answer = evil.client.get(f"{path}after={quote(cursor)}")
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("number", ["0", "9" * 19, "9" * 40, "-1", "1.5", "0x1", "٣", "%00", "1%00"])
@pytest.mark.parametrize(
    "path", ["/articles/{}", "/speakers/{}", "/articles/1/quotes/{}", "/articles/1/revisions/{}"]
)
def test_numbers_that_are_none(evil: Visitor, path: str, number: str) -> None:
    evil.get(path.format(number), 404)


@pytest.mark.parametrize("number", ["0", "9" * 40, "٣", "x", "-1"])
def test_numbers_of_quotes_and_changes_that_are_none(evil: Visitor, number: str) -> None:
    evil.get(f"/articles/1?quote={number}&done={number}")
    evil.get(f"/review?after={number}&done={number}")


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"seal", b"--x\r\n", b"a=%ff%zz", b"&" * 5_000, b"a=1&" * 5_000],
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain",
    ],
)
def test_bodies_that_are_none(evil: Visitor, body: bytes, kind: str) -> None:
    answer = evil.client.post("/fix", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 403)


ASKED = st.dictionaries(
    st.sampled_from(
        [
            "q",
            "speaker",
            "role",
            "outlet",
            "since",
            "until",
            "kind",
            "type",
            "gender",
            "sort",
            "after",
            "exact",
            "by",
            "over",
            "measure",
            "wording",
            "name",
            "lang",
            "quote",
            "format",
            "speaker_id",
            "width",
            "paper",
        ]
    ),
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "ET OU (",
                '"',
                "2024-05",
                "a*",
                "* *",
                "f",
                "person",
                "direct",
                "\x00",
                "\ud800",
                "date",
                "year",
                "gender",
                "1",
                "locuteur:",
                "NEAR(a b)",
                "-",
                "demain",
                "csv",
                "en",
            ]
        ),
    ),
    max_size=6,
)
PATHS = [
    "/",
    "/search",
    "/speakers",
    "/speakers/1",
    "/verify",
    "/figures",
    "/figures.csv",
    "/figures.svg",
    "/articles/1",
    "/names",
    "/export",
    "/review",
    "/history",
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), ASKED)
def test_whatever_is_asked_is_answered(evil: Visitor, path: str, asked: dict[str, str]) -> None:
    answer = evil.client.get(f"{path}?{urlencode(asked, errors='surrogatepass')}")
    assert answer.status_code in (200, 400, 404)
    assert "Traceback" not in answer.text
