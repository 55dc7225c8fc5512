"""A source cut anywhere: its slices have each of its records once, under the numbers of the whole."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from quotes.reading import Columns, Piece, Unread
from quotes.reading.pieces import pieces_of
from quotes.reading.slices import SliceReader, cut

TEXTS = [
    f"Le pont {number} ferme.\n« Rien ne presse », dit Ève {'très ' * number}fort." for number in range(40)
]


def page(text: str) -> bytes:
    body = f"<!doctype html><html lang=fr><p>{text}</p></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def request() -> bytes:
    return b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 2\r\n\r\nab\r\n\r\n"


def records() -> list[bytes]:
    return [record for text in TEXTS for record in (request(), page(text))]


def lines() -> bytes:
    rows = [json.dumps({"text": text}, ensure_ascii=False).encode() for text in TEXTS]
    # With an empty line, and without an end of the last one.
    return b"\n".join([*rows[:3], b"", *rows[3:]])


def table(path: Path) -> None:
    parquet.write_table(pyarrow.table({"text": TEXTS}), path, row_group_size=3)


def sources(folder: Path) -> list[Path]:
    contents = {
        "lignes.jsonl": lines(),
        "plein.warc": b"".join(records()),
        "plein.warc.gz": b"".join(map(gzip.compress, records())),
        "seul.warc.gz": gzip.compress(b"".join(records())),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    table(folder / "table.parquet")
    return [folder / name for name in (*contents, "table.parquet")]


def whole(path: Path) -> list[Piece | Unread]:
    return list(pieces_of(str(path)))


def in_slices(path: Path, most: int) -> tuple[list[Piece | Unread], int]:
    """All pieces of all slices, renumbered, and in how many slices."""
    found: list[Piece | Unread] = []
    size, before = path.stat().st_size, 0
    with path.open("rb") as stream:
        slices = cut(stream, str(path), size, most)
    for part in slices:
        with path.open("rb") as stream:
            reader = SliceReader(stream, str(path), size, part, Columns())
            for piece in reader:
                head, _, number = piece.source.rpartition(":")
                source = f"{head}:{int(number) + before}" if head else piece.source
                if isinstance(piece, Unread):
                    found.append(Unread(source, piece.reason))
                else:
                    found.append(Piece(source, piece.form, piece.data, piece.known, piece.charset))
            before += reader.records
    return found, len(slices)


@pytest.mark.parametrize("most", [1, 37, 200, 1_000, 4_000])
def test_slices_have_each_record_once_under_its_number(tmp_path: Path, most: int) -> None:
    for path in sources(tmp_path):
        pieces, number = in_slices(path, most)
        if number:
            assert pieces == whole(path), path
        assert number > 1 or most >= min(path.stat().st_size, 4_000), path


def test_what_is_small_or_can_not_be_cut_is_read_whole() -> None:
    text = "Texte\n".encode("utf-16")
    assert cut(io.BytesIO(text), "a.jsonl", len(text), 2) == []
    assert cut(io.BytesIO(b"x" * 99), "a.csv", 99, 10) == []
    assert cut(io.BytesIO(b"x" * 99), "a.jsonl", 99, 99) == []
    assert cut(io.BytesIO(b"no table"), "a.parquet", 8, 2) == []


def test_what_breaks_off_is_told_by_the_slice_that_has_it(tmp_path: Path) -> None:
    packed = b"".join(map(gzip.compress, records()))
    (path := tmp_path / "coupe.warc.gz").write_bytes(packed[:-30])
    pieces, number = in_slices(path, 2_000)
    assert number > 2
    assert pieces == whole(path)
    assert [type(piece) for piece in pieces].count(Unread) >= 1


def test_a_slice_without_anything_says_why(tmp_path: Path) -> None:
    (path := tmp_path / "vide.warc").write_bytes(b"".join(request() for _ in range(9)))
    with path.open("rb") as stream:
        (first, *_) = cut(stream, str(path), path.stat().st_size, 100)
        reader = SliceReader(stream, str(path), path.stat().st_size, first, Columns())
        assert list(reader) == []
    assert reader.records > 0
    assert reader.nothing == "no web pages in this archive: check that it is the right file"
