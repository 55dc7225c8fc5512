"""One bad value costs one row, member or file: it gets its line, and what is beside it is read."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from quotes.reading import Read, Unread, read_all

GOOD = "Grève au dépôt\n\n« Nous tiendrons », a dit Paul Morel, délégué. Jour {}."


def read(path: Path) -> list[str]:
    """What each source gave: its number and its reason, or "read"."""
    return [
        f"{one.article.source}: read" if isinstance(one, Read) else f"{one.source}: {one.reason}"
        for one in read_all([str(path)])
    ]


def rows(path: Path) -> list[bool]:
    return [line.endswith(": read") for line in read(path)]


BAD_DATES = [
    "1 Jan 2023 10:10:10 +99999999999999",
    "10000-01-01",
    "9999-99-99",
    "Mon, 99 Foo 99999 99:99:99 -9999",
    "1" * 400,
    "0001-01-01T00:00:00+23:59",
    "2023-01-01T00:00:00+99:99",
    "-1",
    "Thu, 01 Jan 1970 00:00:00 " + "9" * 30,
    "nan",
]


@pytest.mark.parametrize("date", BAD_DATES)
def test_a_date_that_no_calendar_has_costs_nothing_else(tmp_path: Path, date: str) -> None:
    lines = [json.dumps({"text": GOOD.format(n), "date": date if n == 1 else "2024-05-03"}) for n in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "a.json").write_text(f"[{','.join(lines)}]", encoding="utf-8")
    cells = [f'"{GOOD.format(n)}";{date if n == 1 else "2024-05-03"}' for n in range(3)]
    (tmp_path / "a.csv").write_text("text;date\n" + "\n".join(cells), encoding="utf-8")
    items = "".join(
        f"<item><title>T{n}</title><pubDate>{date}</pubDate><description>{GOOD.format(n)}</description></item>"
        for n in range(3)
    )
    (tmp_path / "a.rss").write_text(f"<rss><channel>{items}</channel></rss>", encoding="utf-8")
    for name in ("a.jsonl", "a.json", "a.csv", "a.rss"):
        found = rows(tmp_path / name)
        assert len(found) == 3
        assert (found[0], found[2]) == (True, True)


def test_a_number_of_thousands_of_digits_is_one_row(tmp_path: Path) -> None:
    odd = f'{{"text": {"1" * 5_000}}}'
    good = [json.dumps({"text": GOOD.format(n)}) for n in range(2)]
    (tmp_path / "a.json").write_text(f"[{good[0]},{odd},{good[1]}]", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n".join([good[0], odd, good[1]]), encoding="utf-8")
    for name in ("a.json", "a.jsonl"):
        assert rows(tmp_path / name) == [True, False, True]


def archive(path: Path, *, damage: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for n in range(3):
            made.writestr(f"{n}.txt", GOOD.format(n))
            made.writestr(f"{n}.jsonl", json.dumps({"text": GOOD.format(n)}))
        offsets = {info.filename: info.header_offset for info in made.infolist()}
    data = bytearray(stream.getvalue())
    for name in ("1.txt", "1.jsonl"):
        at = offsets[name]
        length, extra = struct.unpack("<HH", data[at + 26 : at + 30])
        if damage == "bytes":
            body = at + 30 + length + extra
            data[body + 5 : body + 25] = bytes(20)
        elif damage == "header":
            data[at : at + 4] = b"XXXX"
        else:
            # Of the central directory, too: a way of packing that nobody knows.
            central = data.index(b"PK\x01\x02", 0)
            while data[central + 46 : central + 46 + len(name)] != name.encode():
                central = data.index(b"PK\x01\x02", central + 4)
            data[at + 8 : at + 10] = data[central + 10 : central + 12] = struct.pack("<H", 77)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", ["bytes", "header", "method"])
def test_a_damaged_member_costs_no_other(tmp_path: Path, damage: str) -> None:
    archive(tmp_path / "a.zip", damage=damage)
    found = read(tmp_path / "a.zip")
    good = [line for line in found if line.endswith(": read")]
    assert len(good) == 4
    bad = [line for line in found if not line.endswith(": read")]
    assert len(bad) == 2
    assert all("/1." in line and "is damaged in its archive" in line for line in bad), bad


def test_parquet_values_that_python_cannot_hold(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    texts = [GOOD.format(n) for n in range(3)]
    stamps = {
        "nanoseconds": (
            pyarrow.array([1, 1_700_000_000_123_456_789, 5], pyarrow.timestamp("ns")),
            [True, True, True],
        ),
        "year 10000": (pyarrow.array([0, 253_402_300_800, 5], pyarrow.timestamp("s")), [True, False, True]),
        "far off": (
            pyarrow.array([0, 2**62, 5], pyarrow.timestamp("us", "Europe/Paris")),
            [True, False, True],
        ),
        "days": (pyarrow.array([0, 2**31 - 1, 5], pyarrow.date32()), [True, False, True]),
    }
    for name, (dates, expected) in stamps.items():
        parquet.write_table(pyarrow.table({"text": texts, "date": dates}), tmp_path / "a.parquet")
        assert rows(tmp_path / "a.parquet") == expected, name
    broken = pyarrow.array([b"bon", b"\xff\xfe", b"bon"], pyarrow.binary()).cast(pyarrow.binary())
    broken = pyarrow.Array.from_buffers(pyarrow.string(), 3, broken.buffers())
    parquet.write_table(
        pyarrow.table({"text": texts, "title": broken}), tmp_path / "a.parquet", use_dictionary=False
    )
    assert rows(tmp_path / "a.parquet") == [True, False, True]


def test_a_parquet_bomb_is_not_unpacked(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    long = pyarrow.DictionaryArray.from_arrays([0] * 2_000, ["é" * 200_000])
    parquet.write_table(pyarrow.table({"text": long}), path, compression="zstd")
    assert path.stat().st_size < 10_000
    seen = 0
    for one in read_all([str(path)]):
        seen += 1
        last = one
    assert isinstance(last, Unread)
    assert "is packed too tightly" in last.reason
    assert seen < 60
    parquet.write_table(pyarrow.table({"text": ["é" * 20_000_001, GOOD]}), path, compression="zstd")
    assert rows(path)[0] is False


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    name = "é" * 200 + ".txt"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(name, b"\0\0")
        made.writestr("z.txt", GOOD)
    assert rows(tmp_path / "a.zip") == [True, False]
    assert "can't be read (file name too long)" in read(tmp_path / name)[0]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such devices on this system")
@pytest.mark.parametrize(
    "suffix", ["", ".txt", ".csv", ".jsonl", ".json", ".warc", ".gz", ".zip", ".parquet", ".html"]
)
def test_a_device_without_end_is_one_line(tmp_path: Path, suffix: str) -> None:
    link = tmp_path / f"a{suffix}"
    os.symlink("/dev/zero", link)  # noqa: PTH211
    (said,) = read(link)
    assert "is a device, which has no end: " in said


def test_a_plain_text_has_the_limits_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr("quotes.reading.sources.article_of", stuck)
    monkeypatch.setattr("quotes.reading.sources.READING_SECONDS", 0.1)
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (said,) = read(tmp_path / "a.txt")
    assert "took longer than 0.1 seconds" in said


def test_a_line_of_initials_is_read(tmp_path: Path) -> None:
    for line in (
        "Par " + "B. " * 60 + "z",
        "Par" + " C.-D." * 60 + " z",
        "Par " + "Zoé " * 400 + "z",
        "par\t" * 500,
    ):
        (tmp_path / "a.txt").write_text(f"Titre\n{line}\n\n{GOOD}", encoding="utf-8")
        assert rows(tmp_path / "a.txt") == [True]


def test_the_date_of_a_good_row_is_kept(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"text": [GOOD], "date": [datetime(2024, 5, 3)]})
    parquet.write_table(table, tmp_path / "a.parquet")
    (one,) = read_all([str(tmp_path / "a.parquet")])
    assert isinstance(one, Read)
    assert one.article.published == "2024-05-03T00:00:00"
