"""The same article twice: copies, newer and earlier versions, near-identical articles of others."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from quotes.archive import Added, Archive, ArticleChange, Change, What, open_archive, upgrade
from quotes.archive.articles.bodies import body_of, resemblance, runs_of
from quotes.archive.store import sqlite
from quotes.archive.store.asking import ask
from quotes.archive.versions.forms import same_place
from quotes.archive.versions.resembling import address
from quotes.model import Article, Extraction, Speaker, SpeakerType, Zone, ZoneKind
from tests.archive.samples import JEANNE, quote

PARAGRAPHS = (
    "Le conseil municipal de Saint-Aubin a voté mardi soir la fermeture du vieux pont, après trois heures de"
    " débats et une longue suspension de séance, devant une salle pleine et souvent bruyante.",
    "« Nous n’avions plus le choix, le tablier bouge », a déclaré Jeanne Roy, maire de Saint-Aubin, à la fin"
    " de la réunion. Les travaux, estimés à deux millions d’euros, doivent commencer au printemps prochain.",
    "Les commerçants de la rive gauche craignent pour leur saison et demandent une navette gratuite pendant"
    " toute la durée du chantier, comme cela s’était fait lors de la crue d’il y a dix ans.",
    "« On verra bien au printemps », soupire Jeanne Roy, qui attend encore la réponse du département sur la"
    " part qu’il prendra dans les frais, et celle de la région sur le calendrier des études préalables.",
)
SAID = ("Nous n’avions plus le choix, le tablier bouge", "On verra bien au printemps")
FOOTER = "Recevez chaque matin notre lettre d’information et suivez-nous partout."
MORE = (
    "Une réunion publique est annoncée pour jeudi à la salle des fêtes. « Venez nombreux », lance Jeanne Roy."
)


def article(
    *paragraphs: str,
    footer: str | None = None,
    said: tuple[str, ...] = SAID,
    title: str | None = "Le vieux pont ferme",
    outlet: str | None = "La Gazette",
    published: str | None = None,
    url: str | None = None,
    source: str | None = "pont.txt",
) -> Extraction:
    blocks = [(ZoneKind.BODY, one) for one in paragraphs or PARAGRAPHS]
    if footer:
        blocks.append((ZoneKind.BOILERPLATE, footer))
    zones: list[Zone] = []
    text = ""
    for kind, block in blocks:
        zones.append(Zone(kind, len(text), len(text) + len(block)))
        text += f"{block}\n\n"
    found = Article(
        text, title=title, outlet=outlet, published=published, url=url, source=source, zones=tuple(zones)
    )
    return Extraction(found, tuple(quote(text, words, JEANNE) for words in said if words in text))


def changed(one: Extraction, old: str, new: str) -> Extraction:
    """The same article with some words replaced by as many letters, so that nothing else moves."""
    text = one.article.text.replace(old, new)
    assert len(text) == len(one.article.text)
    assert text != one.article.text
    return replace(one, article=replace(one.article, text=text))


def add(archive: Archive, one: Extraction) -> Added:
    return archive.add(one, extractor_version="1")


UPDATED = article(*PARAGRAPHS, MORE, said=(*SAID, "Venez nombreux"))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(article(footer=FOOTER), id="another footer"),
        pytest.param(article(*(p.replace("’", "'") for p in PARAGRAPHS), said=()), id="apostrophes"),
        pytest.param(article(*(re.sub("« | »", '"', p) for p in PARAGRAPHS), said=()), id="marks"),
        pytest.param(article(*(p.replace(" ", "\u00a0\n") for p in PARAGRAPHS), said=()), id="white space"),
        pytest.param(article(source="ailleurs.txt"), id="another file"),
        pytest.param(article(source="b.txt", title="Autre", outlet="L’Écho"), id="another paper"),
    ],
)  # fmt: skip
def test_the_same_body_is_a_copy(archive: Archive, other: Extraction) -> None:
    first = add(archive, article(published="2024-05-17"))
    added = add(archive, other)
    assert (added.article_id, added.new, added.what, added.quotes) == (1, False, What.COPY, first.quotes)
    assert archive.counts()["articles"] == 1
    assert archive.counts()["quotes"] == 2
    (copy,) = archive.versions(1).copies
    assert (copy.source, copy.outlet, copy.title) == (
        other.article.source, other.article.outlet, other.article.title
    )  # fmt: skip
    assert [row.copies for row in archive.articles()] == [1]
    assert add(archive, other).what is What.KNOWN
    assert len(archive.versions(1).copies) == 1
    assert archive.check() == []


def test_of_copies_the_one_published_first_is_shown(archive: Archive) -> None:
    add(archive, article(outlet="L’Écho", published="2024-05-18", footer=FOOTER))
    assert (
        add(archive, article(outlet="La Gazette", published="2024-05-17", source="b.txt")).what is What.COPY
    )
    assert archive.article(1).article.outlet == "La Gazette"
    assert {row.outlet for row in archive.quotes()} == {"La Gazette"}
    (copy,) = archive.versions(1).copies
    assert (copy.outlet, copy.published) == ("L’Écho", "2024-05-18")
    assert archive.check() == []


def test_a_quote_at_the_foot_of_a_copy_is_not_lost(archive: Archive) -> None:
    plain = article()
    foot = "Mise à jour : « Nous voulons comprendre », a dit Ada Ober."
    richer = article(footer=foot, said=(*SAID, "Nous voulons comprendre"))
    for one in (plain, richer, article(source="c.txt")):
        add(archive, one)
    assert archive.article(1).extraction == richer
    assert archive.counts() == {"articles": 1, "speakers": 1, "quotes": 3}
    assert len(archive.versions(1).copies) == 2


def test_what_is_too_short_to_be_known_again_is_not(archive: Archive) -> None:
    for words in ("Par Ida Lenoir\nOui", "Par Ida Lenoir\nNon"):
        zones = (Zone(ZoneKind.BYLINE, 0, 14), Zone(ZoneKind.HEADING, 15, len(words)))
        assert add(archive, Extraction(Article(words, zones=zones))).new


def test_an_updated_article_takes_the_place_of_the_old_one(archive: Archive) -> None:
    add(archive, article())
    before = {stored.quote.text: stored.id for stored in archive.article(1).quotes}
    # What stands before the quotes moves them; their numbers stay.
    updated = article(MORE, *PARAGRAPHS, said=("Venez nombreux", *SAID))
    added = add(archive, updated)
    assert (added.article_id, added.what, added.quotes) == (1, What.REVISION, 3)
    assert archive.article(1).extraction == updated
    assert {s.quote.text: s.id for s in archive.article(1).quotes if s.quote.text in before} == before
    assert archive.search("nombreux").matches == 1
    assert archive.revision(1, 1) == article().article
    assert [row.revisions for row in archive.articles()] == [1]
    assert add(archive, article()).what is What.KNOWN
    assert archive.article(1).extraction == updated
    assert archive.check() == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"published": "2024-05-17"}, {"published": "2024-05-18"}, What.REVISION),
        ({"published": "2024-05-18"}, {"published": "2024-05-17"}, What.EARLIER),
        ({"published": "2024-05-17T08:00"}, {"published": "2024-05-17T07:00"}, What.EARLIER),
        ({"published": "2024-05-17T08:00"}, {"published": "2024-05-17"}, What.REVISION),
        ({"published": "2024-05-18"}, {}, What.REVISION),
        ({"outlet": None}, {"outlet": None}, What.REVISION),
        ({"outlet": None}, {"outlet": None, "title": "Autre"}, What.NEW),
        ({"outlet": "LA GAZETTE"}, {"title": "Le pont ferme, une navette promise"}, What.REVISION),
        ({}, {"outlet": "L’Écho"}, What.NEW),
        ({"url": "https://g.example/1"}, {"url": "http://www.g.example/1?utm_source=a"}, What.REVISION),
        ({"url": "https://g.example/1"}, {"url": "https://g.example/2"}, What.NEW),
    ],
)  # fmt: skip
def test_what_a_near_duplicate_is(
    archive: Archive, old: dict[str, str], new: dict[str, str], what: What
) -> None:
    add(archive, article(**old))  # type: ignore[arg-type]
    added = add(archive, article(*PARAGRAPHS, MORE, said=(*SAID, "Venez nombreux"), **new))
    assert added.what is what
    quotes = {What.REVISION: 3, What.EARLIER: 2, What.NEW: 5}[what]
    assert archive.counts()["quotes"] == quotes
    assert (added.like == (1,)) == (what is What.NEW)
    assert archive.check() == []


def test_articles_of_two_papers_are_linked(archive: Archive) -> None:
    for outlet in ("La Gazette", "L’Écho"):
        add(archive, changed(article(outlet=outlet), "mardi", "lundi") if outlet == "L’Écho" else article())
    assert [row.like for row in archive.articles()] == [(2,), (1,)]
    ((other, likeness),) = archive.versions(2).like
    assert other == 1
    assert 0.8 < likeness < 1
    # When one of them changes beyond likeness, they aren't alike any more.
    add(archive, article(PARAGRAPHS[0], MORE * 9, said=(), url="https://g.example/1"))
    assert archive.counts()["articles"] == 3


def test_a_report_that_grows_at_its_address_is_one_article(archive: Archive) -> None:
    url = "https://gazette.example/direct"
    add(archive, article(*PARAGRAPHS[:2], url=url))
    assert add(archive, article(*PARAGRAPHS, MORE, url=url)).what is What.REVISION
    assert add(archive, article(*(p[::-1] for p in PARAGRAPHS), said=(), url=url)).what is What.NEW


def test_different_articles_of_one_paper_stay_apart(archive: Archive) -> None:
    add(archive, article())
    assert add(archive, article(PARAGRAPHS[0], MORE, FOOTER * 3, PARAGRAPHS[2])).like == ()
    assert archive.counts()["articles"] == 2


def test_corrections_are_laid_over_a_newer_version(archive: Archive) -> None:
    add(archive, article())
    pierre = Speaker("Pierre Ober", SpeakerType.PERSON)
    archive.fix(1, Change(speaker=pierre), who="ida")
    archive.fix(2, Change(not_a_quote=True), who="ida")
    added = add(archive, article(MORE, *PARAGRAPHS, said=("Venez nombreux", *SAID)))
    assert (added.what, added.lost) == (What.REVISION, ())
    speakers = [(s.quote.text, s.quote.speaker) for s in archive.article(1).quotes]
    assert speakers == [("Venez nombreux", JEANNE), (SAID[0], pierre)]
    # They can still be undone, and what comes back is what was found in the new version.
    archive.undo(1)
    archive.undo(2)
    assert [s.quote.text for s in archive.article(1).quotes] == ["Venez nombreux", *SAID]
    assert {s.quote.speaker for s in archive.article(1).quotes} == {JEANNE}


def test_a_correction_whose_words_are_gone_is_reported_and_kept(archive: Archive) -> None:
    url = "https://gazette.example/pont"
    add(archive, article(url=url))
    archive.fix(2, Change(role="maire sortante"), who="ida")
    without = article(*PARAGRAPHS[:3], PARAGRAPHS[3].replace(SAID[1], "On attendra bien l’été"), url=url)
    added = add(archive, replace(without, quotes=without.quotes[:1]))
    assert (added.what, added.lost) == (What.REVISION, (SAID[1],))
    (kept,) = archive.corrections()
    assert kept.lost_at is not None
    # It has its place again when the words come back.
    assert add(archive, article(*PARAGRAPHS, MORE, url=url)).lost == ()
    (kept,) = archive.corrections()
    assert kept.lost_at is None


def test_edits_are_laid_over_a_newer_version(archive: Archive) -> None:
    add(archive, article(published="2024-05-17"))
    archive.edit(1, ArticleChange(outlet="La Gazette de Brume", url="https://g.example/1"), who="ida")
    newer = article(
        MORE, *PARAGRAPHS, outlet=None, title="La navette", published="2024-05-19", url="https://g.example/1"
    )
    assert add(archive, newer).what is What.REVISION
    now = archive.article(1).article
    assert (now.outlet, now.title, now.published) == ("La Gazette de Brume", "La navette", "2024-05-19")
    assert {row.outlet for row in archive.quotes()} == {"La Gazette de Brume"}
    archive.undo()
    # What the earlier version is known to have appeared in, nothing says otherwise of.
    assert archive.article(1).article.outlet == "La Gazette"


def state(archive: Archive) -> object:
    """What the archive has, without its numbers and without when it came in."""
    articles = []
    for row in archive.articles():
        forms = archive.versions(row.id)
        copies = sorted((one.source, one.outlet, one.published) for one in forms.copies)
        earlier = [archive.revision(row.id, one.number or 0) for one in forms.revisions]
        like = sorted(archive.article(other).article.text for other, _ in forms.like)
        articles.append((archive.article(row.id).extraction, copies, earlier, like))
    return sorted(articles, key=lambda one: one[0].article.text)


def test_the_archive_does_not_depend_on_the_order_where_dates_tell(tmp_path: Path) -> None:
    came = [
        article(published="2024-05-17", source="a.txt"),
        article(published="2024-05-17", source="b.txt", footer=FOOTER),
        article(*PARAGRAPHS, MORE, published="2024-05-18", source="c.txt"),
        changed(article(outlet="L’Écho", published="2024-05-17", source="d.txt"), "mardi", "lundi"),
    ]
    states = []
    for number, order in enumerate(permutations(came)):
        with open_archive(tmp_path / f"{number}.db") as archive:
            for one in order:
                add(archive, one)
            states.append(state(archive))
            assert archive.check() == []
    assert all(one == states[0] for one in states)
    assert len(list(filter(None, states))) == 24


def test_what_comes_together_is_compared_with_what_was_there_before(tmp_path: Path) -> None:
    before = [
        article(),
        article(*PARAGRAPHS, MORE, outlet="L’Écho", url="https://www.echo.example/port", source="b.txt"),
    ]
    came = [
        Extraction(Article("Rien à voir.")),
        article(footer=FOOTER, source="c.txt"),
        changed(article(source="d.txt"), "mardi", "lundi"),
        article(*PARAGRAPHS[:2], MORE, outlet="L’Écho", url="https://echo.example/port", source="e.txt"),
        article(),
    ]
    with open_archive(tmp_path / "un.db") as one, open_archive(tmp_path / "deux.db") as other:
        for extraction in before:
            add(one, extraction)
            add(other, extraction)
        added = [add(one, extraction) for extraction in came]
        assert other.add_all(came, extractor_version="1") == added
        assert added[0].what is What.NEW
        assert all(not single.new for single in added[1:])
        assert state(one) == state(other)


def test_together_is_the_same_as_one_after_the_other(tmp_path: Path) -> None:
    came = [
        article(),
        article(footer=FOOTER, source="b.txt"),
        Extraction(Article("Rien à voir.")),
        article(*PARAGRAPHS, MORE, source="c.txt"),
        changed(article(outlet="L’Écho", source="d.txt"), "mardi", "lundi"),
        article(),
    ]
    with open_archive(tmp_path / "un.db") as one, open_archive(tmp_path / "deux.db") as other:
        added = [add(one, extraction) for extraction in came]
        assert other.add_all(came, extractor_version="1") == added
        assert [single.what for single in added] == [
            What.NEW, What.COPY, What.NEW, What.REVISION, What.NEW, What.KNOWN
        ]  # fmt: skip
        assert state(one) == state(other)


def test_articles_that_were_there_before_are_linked_and_known(path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    with open_archive(path) as archive:
        add(archive, article())
        add(archive, changed(article(outlet="L’Écho", source="b.txt"), "mardi", "lundi"))
    config = Config(str(Path(sqlite.__file__).parents[3] / "alembic.ini"))
    config.cmd_opts = Namespace(x=[f"db={path}"])
    command.downgrade(config, "0007")
    upgrade(path)
    with open_archive(path) as archive:
        assert [row.like for row in archive.articles()] == [(2,), (1,)]
        assert add(archive, article(footer=FOOTER)).what is What.COPY
        assert add(archive, UPDATED).what is What.REVISION
        assert archive.check() == []


def test_a_phrase_of_every_page_makes_no_duplicates_and_no_long_lists(archive: Archive) -> None:
    phrase = (
        "Cet article est réservé à celles et ceux qui soutiennent la presse de leur vallée depuis toujours. "
    )
    for number in range(130):
        body = " ".join(f"mot{number}x{n}" for n in range(60))
        assert add(archive, article(phrase + body, said=())).new
    with archive.asking() as connection:
        sql = "SELECT max(n) FROM (SELECT count(*) AS n FROM article_sketches GROUP BY hash) AS shared"
        assert next(ask(connection, sql))[0] > 100
        assert next(ask(connection, "SELECT count(*) FROM article_likenesses"))[0] == 0
    assert add(archive, article(phrase + " ".join(f"mot7x{n}" for n in range(61)), said=())).article_id == 8


def test_runs_of_five_words_are_counted() -> None:
    one, other = (runs_of(" ".join(f"mot{n}" for n in range(100)) + end, ()) for end in ("", " fin"))
    assert resemblance(one, other) == pytest.approx(96 / 97)
    assert body_of(Article("trop court")).sketch == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a.txt", "a.txt", True),
        ("./a.txt", "/home/ida/a.txt", True),
        ("a.txt", "b/aa.txt", False),
        (None, None, True),
        (None, "a.txt", False),
        ("table.csv:3", "/home/ida/table.csv:3", True),
    ],
)
def test_one_file_named_from_two_folders(one: str | None, other: str | None, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


@pytest.mark.parametrize("url", ["http://[", "", "pas une adresse", "HTTPS://www.G.example/a/?fbclid=1#x"])
def test_any_address_is_compared(url: str) -> None:
    assert address(url) == address(url)
