"""Articles as TEI and as W3C annotations, quotes as notes."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.archive import Archive, Filters, StoredArticle, StoredQuote, export_quotes
from quotes.archive.export.notes import citation, plain
from quotes.archive.export.tables import export_articles
from quotes.errors import ArchiveError
from quotes.model import Article, Quote, QuoteKind
from tests.archive.samples import COUNCIL, JEANNE, MARKET, UNION, extraction, full, quote

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for one in (full(), COUNCIL, MARKET):
        archive.add(one, extractor_version="1")
    return archive


def tei(articles: Sequence[StoredArticle]) -> ElementTree.Element:
    stream = io.StringIO()
    export_articles(articles, stream, format="tei")
    return ElementTree.fromstring(stream.getvalue())


def stored(text: str, quotes: Sequence[Quote]) -> StoredArticle:
    found = tuple(StoredQuote(n, one, 7 if one.speaker else None) for n, one in enumerate(quotes, 1))
    return StoredArticle(1, Article(text), found, (), "0" * 64, "1", "2024-05-17T00:00:00+00:00")


def said_words(root: ElementTree.Element) -> dict[str, str]:
    """The words of each quote, the parts of one in several paragraphs joined."""
    words: dict[str, str] = {}
    for said in root.iter(f"{TEI}said"):
        key = said.attrib[f"{XML}id"].split(".")[0]
        words[key] = words.get(key, "") + "".join(said.itertext())
    return words


def test_tei_marks_the_quotes_in_their_text(filled: Archive) -> None:
    root = tei(list(filled.quoted()))
    first = root.find(f"{TEI}TEI")
    assert first is not None
    (said,) = first.iter(f"{TEI}said")
    assert "".join(said.itertext()) == "Nous attendrons, a dit Jeanne Roy, maire de Saint-Aubin, le dégel."
    (incise,) = said.iter(f"{TEI}seg")
    assert incise.text == ", a dit Jeanne Roy, maire de Saint-Aubin,"
    assert said.attrib["direct"] == "true"
    (person,) = first.iter(f"{TEI}person")
    assert said.attrib["who"] == f"#{person.attrib[f'{XML}id']}"
    assert (person.findtext(f"{TEI}persName"), person.findtext(f"{TEI}occupation")) == (
        "Jeanne Roy",
        "maire de Saint-Aubin",
    )
    assert first.findtext(f".//{TEI}titleStmt/{TEI}respStmt/{TEI}name") == "Luc Faure"
    assert [part.attrib.get("type") for part in first.iter() if part.tag in (f"{TEI}p", f"{TEI}ab")][1:] == [
        "headline",
        None,
    ]


def test_every_id_in_a_corpus_is_its_own(filled: Archive) -> None:
    ids = [part.attrib[f"{XML}id"] for part in tei(list(filled.quoted())).iter() if f"{XML}id" in part.attrib]
    assert len(ids) == len(set(ids)) > 10


def test_a_quote_of_two_paragraphs_is_chained() -> None:
    words = "Premier jour.\n\n« Second jour."
    root = tei([stored(f"« {words} »", [quote(f"« {words} »", words, JEANNE)])])
    one, two = root.iter(f"{TEI}said")
    assert (one.attrib["next"], two.attrib["prev"]) == ("#q1.1", "#q1")
    assert (one.text, two.text) == ("Premier jour.", "« Second jour.")


def test_quotes_that_cross_are_given_by_anchors() -> None:
    text = "un deux trois quatre cinq"
    root = tei([stored(text, [quote(text, "un deux trois", JEANNE), quote(text, "trois quatre", UNION)])])
    assert said_words(root) == {"q1": "un deux trois"}
    (span,) = root.iter(f"{TEI}span")
    assert span.attrib["corresp"] == "#a1-s7"
    (line,) = root.iter(f"{TEI}body")
    one, two = line.iter(f"{TEI}anchor")
    assert (one.attrib[f"{XML}id"], one.tail) == ("q2-from", "trois")
    assert (two.attrib[f"{XML}id"], two.tail) == ("q2-to", " cinq")
    assert "".join(line.itertext()).strip() == text


@settings(deadline=None)
@given(st.text(alphabet='ab<&" é\n\r\x00\x0b\ud7ff\ufffe', max_size=40), st.data())
def test_any_quotes_give_well_formed_xml_with_all_the_text(text: str, data: st.DataObject) -> None:
    text = f"a{text}"
    place = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(place, place), max_size=6))
    bounds = {(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]}
    quotes = [Quote(start, end, text[start:end], QuoteKind.DIRECT) for start, end in sorted(bounds)]
    root = tei([stored(text, quotes)])
    (body,) = root.iter(f"{TEI}body")
    printed = "".join(line for line in text.replace("\r", "\n").split("\n") if line.strip())
    legal = printed.translate({0: None, 0x0B: None, 0xFFFE: None})
    assert "".join(body.itertext()).replace("\n", "") == legal
    assert len(list(root.iter(f"{TEI}span"))) + len(said_words(root)) == len(quotes)


def test_annotations_point_into_the_text(filled: Archive) -> None:
    stream = io.StringIO()
    assert export_articles(filled.quoted(), stream, format="annotations") == 6
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    first = lines[0]
    position, words = first["target"]["selector"]
    assert first["target"]["source"] == "https://courrier.example/pont"
    text = full().article.text
    assert text[position["start"] : position["end"]] == words["exact"]
    assert words["prefix"] + words["exact"] + words["suffix"] in text
    assert first["body"]["schema:text"] == "Nous attendrons le dégel."
    assert first["body"]["schema:spokenByCharacter"]["schema:name"] == "Jeanne Roy"
    assert len({line["id"] for line in lines}) == 6


def test_filters_hold_for_articles_too(filled: Archive) -> None:
    (only,) = filled.quoted(Filters(speaker="Paul Vasseur-Lemoine"))
    assert [one.quote.text for one in only.quotes] == ["L’impôt baissera"]
    assert only.article == MARKET.article
    assert list(filled.quoted(query="introuvable")) == []
    assert [one.id for one in filled.quoted(query="dégel OU impôt")] == [1, 3]


def test_notes_have_a_citation_under_each_quote(filled: Archive) -> None:
    stream = io.StringIO()
    assert export_quotes(filled.quotes(Filters(speaker="Jeanne Roy")), stream, format="markdown") == 3
    assert stream.getvalue().startswith(
        "> « Nous attendrons le dégel. »\n>\n"
        "> — **Jeanne Roy**, maire de Saint-Aubin, “Pont fermé”, *Le Courrier du Val*, 2024-05-17,"
        " <https://courrier.example/pont> (article 1, quote 1, 06327a8d2bfddd3a.14-80)\n\n"
    )


def test_notes_tell_fragments_and_what_was_told(filled: Archive) -> None:
    row = replace(next(filled.quotes()), speaker=None, role=None, title=None, outlet=None, url=None)
    assert citation(row) == "speaker unknown, 2024-05-17 (article 1, quote 1, 06327a8d2bfddd3a.14-80)"
    for kind, start in (("mixed", "> « … Nous attendrons"), ("indirect", "> Nous attendrons")):
        stream = io.StringIO()
        export_quotes([replace(row, kind=kind)], stream, format="markdown")
        assert stream.getvalue().startswith(start)
        assert ("indirect speech" in stream.getvalue()) == (kind == "indirect")


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("un *mot* [là]", r"un \*mot\* \[là\]"),
        ("1. Partir", r"1\. Partir"),
        ("- Partir", r"\- Partir"),
        ("# Partir\n<b>", r"\# Partir \<b\>"),
        ("Il part à 18 h.", "Il part à 18 h."),
    ],
)
def test_notes_hold_no_marks_of_the_text(printed: str, written: str) -> None:
    assert plain(printed) == written


def test_parquet_has_the_columns_of_csv(filled: Archive, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    target = tmp_path / "paroles.parquet"
    assert export_quotes(filled.quotes(), target, format="parquet") == 6
    table = parquet.read_table(target)
    assert table.column("quote").to_pylist()[0] == "Nous attendrons le dégel."
    assert str(table.schema.field("start").type) == "int64"
    assert table.column("url").to_pylist()[1] is None


def test_without_pyarrow_it_is_said_how_to_get_it(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ArchiveError, match=r"-m pip install '.*\[parquet\]'"):
        export_quotes(filled.quotes(), tmp_path / "p.parquet", format="parquet")
    assert list(tmp_path.glob("*p.parquet*")) == []


def test_formats_of_articles_and_rows_are_told_apart(filled: Archive) -> None:
    with pytest.raises(ArchiveError, match="tei, annotations"):
        export_articles(filled.quoted(), io.StringIO(), format="csv")


def test_extractions_without_quotes_are_left_out(archive: Archive) -> None:
    archive.add(extraction("Rien n’est dit."), extractor_version="1")
    assert list(archive.quoted()) == []


def test_marked_texts_have_the_public_identifiers_of_tables(filled: Archive) -> None:
    known = {row.id: row.public_id for row in filled.quotes()}
    tei, annotations = io.StringIO(), io.StringIO()
    export_articles(filled.quoted(), tei, format="tei")
    export_articles(filled.quoted(), annotations, format="annotations")
    assert all(f' n="{one}"' in tei.getvalue() for one in known.values())
    written = [json.loads(line)["body"]["schema:identifier"] for line in annotations.getvalue().splitlines()]
    assert sorted(written) == sorted(known.values())
