"""What is found in articles as rows of Parquet tables, and back.

Offsets are half-open, in code points of ``text``. ``article`` names an article within its corpus: the part
that it lies in and its place there. Of an article in a slice of a source, ``number`` counts the records of
that slice (see ``folder.numbered``); of any other it is null, and ``source`` says all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from quotes.archive.articles.bodies import Body
from quotes.archive.articles.preparing import ARTICLE_COLUMNS, QUOTE_COLUMNS, PreparedArticle, PreparedQuote
from quotes.archive.speakers.names import Named
from quotes.archive.store.public_ids import public_id
from quotes.ingest.outcomes import Foreign, Found, Known, Plan, read_and_extract
from quotes.model import (
    Article,
    Cue,
    Extraction,
    Gender,
    Mention,
    NotQuote,
    Quote,
    QuoteKind,
    Role,
    Span,
    Speaker,
    SpeakerType,
    Zone,
    ZoneKind,
)
from quotes.reading import Piece, Unread

Row = Mapping[str, Any]

_COLUMNS = {
    "articles": """
        article:text source:text number:number title:text authors:texts translators:texts section:text
        outlet:text published:text url:text text:text zones:zones not_quotes:not_quotes quotes:offset
        content_hash:text body_hash:text sketch:hashes note:text""",
    # What ``quotes export`` has, then what an archive has besides.
    "quotes": """
        article:text quote:text speaker:text role:text kind:text title:text outlet:text date:text url:text
        start:offset end:offset confidence:share speaker_type:text gender:text as_printed:text rule:text
        public_id:text words:offset display:yes within_told:yes everywhere:yes
        mention_start:offset mention_end:offset
        cue:text cue_start:offset cue_end:offset cue_lemma:text incises:spans exact:text stems:text
        sketch:hashes""",
    "failures": "source:text number:number reason:text",
}


@cache
def schemas() -> dict[str, Any]:
    """Give the columns of each table (``pyarrow`` schemas, by its name)."""
    import pyarrow as pa

    kinds = {
        "text": pa.string(),
        "offset": pa.int32(),
        "number": pa.int64(),
        "share": pa.float64(),
        "yes": pa.bool_(),
        "texts": pa.list_(pa.string()),
        "hashes": pa.list_(pa.uint32()),
    }

    def struct(fields: str) -> Any:
        return pa.struct([(name, kinds[kind]) for name, kind in _fields(fields)])

    kinds |= {
        "zones": pa.list_(struct("kind:text start:offset end:offset")),
        "not_quotes": pa.list_(struct("start:offset end:offset text:text reason:text")),
        "spans": pa.list_(struct("start:offset end:offset")),
    }
    return {
        table: pa.schema([(name, kinds[kind]) for name, kind in _fields(columns)])
        for table, columns in _COLUMNS.items()
    }


def _fields(columns: str) -> list[list[str]]:
    return [field.split(":") for field in columns.split()]


_NAMES = {table: tuple(name for name, _ in _fields(columns)) for table, columns in _COLUMNS.items()}
# What only the whole part knows of a row.
_OF_PART = frozenset({"article", "source", "number"})
_ARTICLE_NAMES = tuple(name for name in _NAMES["articles"] if name not in _OF_PART)
_QUOTE_NAMES = tuple(name for name in _NAMES["quotes"] if name not in _OF_PART)


class Laid(NamedTuple):
    """The rows of an article and its quotes, as the process that extracts gives them: light to send.

    ``article`` has the values of its row, ``quotes`` the columns of theirs, but for what its part gives them.
    """

    source: str | None
    length: int
    found: int
    article: tuple[Any, ...]
    quotes: tuple[Sequence[Any], ...]


def laid_out(found: Found) -> Laid:
    """Give the rows of an article with its quotes."""
    prepared = found.prepared
    row = dict(zip(ARTICLE_COLUMNS, prepared.row, strict=True))
    values = {
        **row,
        "authors": json.loads(row["authors"]),
        "translators": json.loads(row["translators"]),
        "zones": [_named(("kind", "start", "end"), zone) for zone in json.loads(row["zones"])],
        "not_quotes": [_named(("start", "end", "text", "reason"), one) for one in prepared.not_quotes],
        "quotes": len(prepared.quotes),
        "body_hash": prepared.body.hash,
        "sketch": prepared.body.sketch,
        "note": found.note,
    }
    columns = _quote_columns(prepared, row) if prepared.quotes else dict.fromkeys(_QUOTE_NAMES, ())
    return Laid(
        row["source"],
        prepared.length,
        len(prepared.quotes),
        tuple(map(values.__getitem__, _ARTICLE_NAMES)),
        tuple(map(columns.__getitem__, _QUOTE_NAMES)),
    )


def read_and_lay_out(pieces: list[Piece | Unread], plan: Plan) -> list[Laid | Unread | Foreign]:
    """What the process that extracts for a part does with a handful of pieces."""
    laid: list[Laid | Unread | Foreign] = []
    for outcome in read_and_extract(pieces, plan):
        assert not isinstance(outcome, Known)  # no archive is asked
        laid.append(laid_out(outcome) if isinstance(outcome, Found) else outcome)
    return laid


class Rows:
    """Rows of the three tables as they come in, column by column.

    ``part`` is the name of the part; ``sliced`` the source of which it is a slice, if it is one.
    """

    def __init__(self, part: str, sliced: str | None) -> None:
        self._part = part
        self._sliced = sliced
        self._articles = 0
        self.counts = dict.fromkeys(_NAMES, 0)
        self._columns = self._empty()

    @staticmethod
    def _empty() -> dict[str, dict[str, list[Any]]]:
        return {table: {name: [] for name in names} for table, names in _NAMES.items()}

    def taken(self) -> Iterator[tuple[str, Any]]:
        """Give the tables of what has come in since this was asked last, by name."""
        import pyarrow as pa

        columns, self._columns = self._columns, self._empty()
        for table, schema in schemas().items():
            if columns[table][schema.names[0]]:
                yield table, pa.Table.from_pydict(columns[table], schema=schema)

    def fail(self, unread: Unread) -> None:
        """Take a source that gave nothing."""
        source, number = self._place(unread.source)
        columns = self._columns["failures"]
        columns["source"].append(source)
        columns["number"].append(number)
        columns["reason"].append(unread.reason)
        self.counts["failures"] += 1

    def take(self, laid: Laid) -> None:
        """Take an article with its quotes."""
        key = f"{self._part}-{self._articles:06}"
        self._articles += 1
        source, number = self._place(laid.source) if laid.source else (None, None)
        articles, quotes = self._columns["articles"], self._columns["quotes"]
        articles["article"].append(key)
        articles["source"].append(source)
        articles["number"].append(number)
        for name, value in zip(_ARTICLE_NAMES, laid.article, strict=True):
            articles[name].append(value)
        quotes["article"] += [key] * laid.found
        for name, column in zip(_QUOTE_NAMES, laid.quotes, strict=True):
            quotes[name] += column
        self.counts["articles"] += 1
        self.counts["quotes"] += laid.found

    def _place(self, source: str) -> tuple[str, int | None]:
        """Part a record's number in its slice from the name of the source."""
        head, _, number = source.rpartition(":")
        if self._sliced is not None and head == self._sliced and number.isdecimal():
            return head, int(number)
        return source, None


def _named(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _quote_columns(prepared: PreparedArticle, article: Row) -> dict[str, Sequence[Any]]:
    quotes, number = prepared.quotes, len(prepared.quotes)
    rows = dict(zip(QUOTE_COLUMNS, zip(*(one.row for one in quotes), strict=True), strict=True))
    kinds = rows["kind"]
    told = [one for one, kind in zip(quotes, kinds, strict=True) if kind == QuoteKind.INDIRECT]
    speakers = [one.speaker for one in quotes]
    return {
        **rows,
        "quote": rows["text"],
        "speaker": [one.name if one else None for one in speakers],
        "role": [one.role for one in quotes],
        "title": [article["title"]] * number,
        "date": [one or None for one in rows["published"]],
        "url": [article["url"]] * number,
        "speaker_type": [one.type if one else None for one in speakers],
        "gender": [one.gender if one else None for one in speakers],
        "as_printed": rows["mention_text"],
        "public_id": [public_id(prepared.body.hash, one.start, one.end) for one in quotes],
        "within_told": [
            kind != QuoteKind.INDIRECT and any(_is_within(one, other) for other in told)
            for one, kind in zip(quotes, kinds, strict=True)
        ],
        # Whether the name tells who it is in other articles, too.
        "everywhere": [one is not None and one.everywhere for one in speakers],
        "cue": rows["cue_text"],
        "incises": [
            [] if one == "[]" else [_named(("start", "end"), span) for span in json.loads(one)]
            for one in rows["incises"]
        ],
        "exact": [one.exact for one in quotes],
        "stems": [one.stems for one in quotes],
        "sketch": [one.sketch for one in quotes],
    }


def _is_within(quote: PreparedQuote, told: PreparedQuote) -> bool:
    """Tell whether a quote is part of what somebody is told to have said (see ``Filters.within_told``)."""
    inside = told.start <= quote.start and quote.end <= told.end
    return inside and (quote.speaker is None or (told.speaker is not None and _who(told) == _who(quote)))


def _who(quote: PreparedQuote) -> tuple[str, str] | None:
    return (quote.speaker.key, quote.speaker.type) if quote.speaker else None


def found_in(article: Row, quotes: Sequence[Row], source: str | None) -> Found:
    """Give an article ready to be stored from its row and its quotes' rows; ``source`` is its full name."""
    text, published = article["text"], article["published"]
    values = {
        **article,
        "source": source,
        "authors": json.dumps(article["authors"]),
        "translators": json.dumps(article["translators"]),
        "zones": json.dumps([list(zone.values()) for zone in article["zones"]]),
    }
    prepared = PreparedArticle(
        article["content_hash"],
        Body(article["body_hash"], tuple(article["sketch"])),
        article["url"],
        tuple(values[name] for name in ARTICLE_COLUMNS),
        tuple(_prepared(row, published or "") for row in quotes),
        tuple(tuple(one.values()) for one in article["not_quotes"]),
        partial(extraction_of, article, quotes, source),
    )
    speakers = {(row["speaker"], row["speaker_type"], row["gender"]) for row in quotes if row["speaker"]}
    title = article["title"] or text.strip()[:500]
    return Found(prepared, source or "-", len(quotes), len(speakers), title, article["note"])


def _prepared(row: Row, published: str) -> PreparedQuote:
    incises = row["incises"]
    values = {
        **row,
        "text": row["quote"],
        "mention_text": row["as_printed"],
        "cue_text": row["cue"],
        "incises": json.dumps([[one["start"], one["end"]] for one in incises]) if incises else "[]",
        "published": published,
    }
    return PreparedQuote(
        row["start"],
        row["end"],
        tuple(map(values.__getitem__, QUOTE_COLUMNS)),
        named_speaker(row["speaker"], row["speaker_type"], row["gender"]) if row["speaker"] else None,
        row["role"],
        row["exact"],
        row["stems"],
        row["sketch"],
    )


def named_speaker(name: str, kind: str, gender: str | None) -> Named:
    """Give a speaker as an archive looks for one."""
    return Named.of(Speaker(name, SpeakerType(kind), Gender(gender) if gender else None))


def extraction_of(article: Row, quotes: Sequence[Row], source: str | None) -> Extraction:
    """Give what was found in an article as the extraction gave it, without the clues: no table has them."""
    return Extraction(
        Article(
            article["text"],
            article["title"],
            tuple(article["authors"]),
            article["outlet"],
            article["published"],
            article["url"],
            source,
            tuple(Zone(ZoneKind(one["kind"]), one["start"], one["end"]) for one in article["zones"]),
            tuple(article["translators"]),
            article["section"],
        ),
        tuple(map(_quote, quotes)),
        tuple(NotQuote(**one) for one in article["not_quotes"]),
    )


def _quote(row: Row) -> Quote:
    gender = Gender(row["gender"]) if row["gender"] else None
    printed, cue = row["as_printed"], row["cue"]
    return Quote(
        row["start"],
        row["end"],
        row["quote"],
        QuoteKind(row["kind"]),
        row["display"],
        Speaker(row["speaker"], SpeakerType(row["speaker_type"]), gender) if row["speaker"] else None,
        None if printed is None else Mention(row["mention_start"], row["mention_end"], printed),
        None if cue is None else Cue(row["cue_start"], row["cue_end"], cue, row["cue_lemma"]),
        None if row["role"] is None else Role(row["role"]),
        row["rule"],
        row["confidence"],
        tuple(Span(one["start"], one["end"]) for one in row["incises"]),
    )
