"""What is found in an article, as rows and back: nothing of it is lost but the clues."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from quotes.archive import prepare
from quotes.corpus.rows import Rows, found_in, laid_out, schemas
from quotes.ingest.outcomes import Found
from quotes.model import Extraction
from quotes.reading import Unread
from tests.archive.samples import COUNCIL, MARKET
from tests.cli.conftest import budget


def tables(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    return {name: table.to_pylist() for name, table in rows.taken()}


def found(extraction: Extraction, note: str | None = None) -> Found:
    prepared = prepare(extraction)
    speakers = {quote.speaker for quote in extraction.quotes if quote.speaker}
    source, title = extraction.article.source or "-", extraction.article.title or ""
    return Found(prepared, source, len(extraction.quotes), len(speakers), title, note)


def test_an_article_comes_back_as_it_was() -> None:
    for extraction in (budget(), COUNCIL, MARKET):
        rows = Rows("partie", None)
        rows.take(laid_out(before := found(extraction, "lu comme de l'UTF-16")))
        read = tables(rows)
        (article,) = read["articles"]
        after = found_in(article, read["quotes"], extraction.article.source)
        assert after.prepared.extraction == extraction
        assert replace(after, prepared=before.prepared) == before
        for name in ("content_hash", "body", "url", "row", "quotes", "not_quotes"):
            assert getattr(after.prepared, name) == getattr(before.prepared, name)


def test_numbers_of_a_slice_stand_beside_its_source() -> None:
    rows = Rows("partie", "lignes.jsonl")
    article = replace(budget().article, source="lignes.jsonl:12")
    rows.take(laid_out(found(replace(budget(), article=article))))
    rows.fail(Unread("lignes.jsonl:13", "is no JSON"))
    rows.fail(Unread("lignes.jsonl", "is damaged"))
    read = tables(rows)
    assert [(one["source"], one["number"]) for one in read["articles"]] == [("lignes.jsonl", 12)]
    assert [(one["source"], one["number"]) for one in read["failures"]] == [
        ("lignes.jsonl", 13),
        ("lignes.jsonl", None),
    ]
    assert read["quotes"][0]["article"] == read["articles"][0]["article"] == "partie-000000"
    assert rows.counts == {"articles": 1, "quotes": 1, "failures": 2}
    assert tables(rows) == {}


def test_quotes_have_what_an_export_has() -> None:
    from quotes.archive.export.tables import COLUMNS

    numbers = {"article_id", "quote_id"}
    of_articles = {"author", "section", "paragraph", "before", "sentence", "after"}
    assert set(COLUMNS) - set(schemas()["quotes"].names) == numbers | of_articles
