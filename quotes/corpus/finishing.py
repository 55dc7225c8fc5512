"""What is known of a corpus when its parts are done: its manifest, and what of its sources is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from quotes.corpus.distributing import Planned
from quotes.corpus.folder import MANIFEST, PARTS, TABLES, Folder, Written, numbered
from quotes.corpus.parts import Part
from quotes.corpus.rows import schemas
from quotes.reading import Unread

SOURCES = "sources"
"""The file of ``failures/`` that has what is wrong with whole sources."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What a corpus has: articles, quotes, texts in no French, sources and parts that gave nothing."""

    parts: int = 0
    articles: int = 0
    quotes: int = 0
    failures: int = 0
    foreign: int = 0
    given_up: int = 0
    characters: int = 0


def finish(
    planned: Planned, done: Sequence[tuple[Part, Written]], folder: Folder, header: Mapping[str, Any]
) -> Totals:
    """Write the manifest of a corpus whose parts are all done; the same for the same parts."""
    folder.tidy()
    wrong = [*planned.unread, *_nothing(done)]
    _write_failures(wrong, folder)
    data = _parts(done)
    folder.write(PARTS, data)
    written = [one for _, one in done]
    totals = Totals(
        len(written),
        sum(one.articles for one in written),
        sum(one.quotes for one in written),
        sum(one.failures for one in written) + len(wrong),
        sum(one.foreign for one in written),
        sum(one.given_up for one in written),
        sum(one.characters for one in written),
    )
    counts = {name: getattr(totals, name) for name in Totals.__slots__}
    manifest = {**header, **counts, "sha256": {PARTS: hashlib.sha256(data).hexdigest()}}
    folder.write(
        MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
    )
    return totals


def _nothing(done: Sequence[tuple[Part, Written]]) -> Iterator[Unread]:
    """The sources of which no slice has anything."""
    for source, slices in groupby(done, lambda one: one[0].sliced):
        written = [one for _, one in slices]
        if source is not None and all(one.nothing for one in written):
            # The first one looked into it.
            yield Unread(source, written[0].nothing or "")


def _write_failures(wrong: Sequence[Unread], folder: Folder) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    name = f"failures/{SOURCES}.parquet"
    if not wrong:
        folder.remove(name)
        return
    rows = [{"source": one.source, "number": None, "reason": one.reason} for one in wrong]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schemas()["failures"]), sink, compression="zstd")
    folder.write(name, sink.getvalue().to_pybytes())


def _parts(done: Sequence[tuple[Part, Written]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    numbers, text = pa.int64(), pa.string()
    schema = pa.schema(
        [
            ("part", text),
            ("source", text),
            ("place", text),
            ("sliced", pa.bool_()),
            ("before", numbers),
            *(
                (name, numbers)
                for name in ("records", "articles", "quotes", "failures", "foreign", "characters")
            ),
            ("given_up", pa.bool_()),
            *((f"sha256_{table}", text) for table in TABLES),
        ]
    )
    rows = [
        {
            "part": part.name,
            "source": part.title,
            "place": part.sources[0].place if part.slice else None,
            "sliced": part.slice is not None,
            "before": before,
            **{name: getattr(written, name) for name in ("records", "articles", "quotes", "failures")},
            **{name: getattr(written, name) for name in ("foreign", "characters", "given_up")},
            **{f"sha256_{table}": written.files.get(table) for table in TABLES},
        }
        for (part, written), before in zip(done, numbered(done), strict=True)
    ]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    found: bytes = sink.getvalue().to_pybytes()
    return found
