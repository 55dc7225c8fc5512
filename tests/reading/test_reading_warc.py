"""WARC archives: crawled pages, also where a record lies about its length."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.reading import Read, Unread, read_all
from tests.reading.test_reading_forms import PAGE

pytest.importorskip("trafilatura")
statusandheaders = pytest.importorskip("warcio.statusandheaders")
warcwriter = pytest.importorskip("warcio.warcwriter")


def answer(page: bytes, status: str = "200 OK", *headers: tuple[str, str]) -> bytes:
    stated = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status}\r\n{stated}\r\n".encode() + page


def record(payload: bytes, url: str, kind: str = "response", length: int | None = None) -> bytes:
    stated = len(payload) if length is None else length
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-01T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {stated}\r\n\r\n"
    ).encode() + payload + b"\r\n\r\n"  # fmt: skip


HTML = ("Content-Type", "text/html; charset=utf-8")
UNDATED = PAGE.replace('<meta property="article:published_time" content="2023-05-03T10:00:00+02:00">', "")
UNDATED = UNDATED.replace('<meta property="og:url" content="https://gazette.example/marche">', "")
GOOD = record(answer(UNDATED.encode(), "200 OK", HTML), "https://gazette.example/un")


def read(tmp_path: Path, data: bytes, name: str = "a.warc") -> tuple[list[Article], list[Unread]]:
    path = tmp_path / name
    path.write_bytes(data)
    results = list(read_all([str(path)]))
    return (
        [result.article for result in results if isinstance(result, Read)],
        [result for result in results if isinstance(result, Unread)],
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_crawl_are_read(tmp_path: Path, name: str) -> None:
    stream = io.BytesIO()
    writer = warcwriter.WARCWriter(stream, gzip=name.endswith("gz"))
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for number, (status, type_) in enumerate(
        [
            ("200 OK", "text/html"),
            ("404 Not Found", "text/html"),
            ("200 OK", "image/png"),
            ("200 OK", "text/html"),
        ]
    ):
        packed = gzip.compress(UNDATED.encode())
        headers = [
            ("Content-Type", type_),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(packed))),
        ]
        writer.write_record(
            writer.create_warc_record(
                f"https://gazette.example/{number}",
                "response",
                payload=io.BytesIO(packed),
                http_headers=statusandheaders.StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Date": "2024-06-01T10:00:00Z"},
            )
        )
    (first, second), failed = read(tmp_path, stream.getvalue(), name)
    assert failed == []
    assert first.title == "Le marché couvert rouvrira"
    assert "« Nous avons tenu parole\u00a0», a déclaré Zoé Lebœuf, maire de Saint-Aubin." in first.text
    assert (first.url, second.url) == ("https://gazette.example/0", "https://gazette.example/3")
    # The page states no date: that of the crawl is all that is known.
    assert first.published == "2024-06-01T10:00:00Z"
    assert (first.source or "").endswith(f"{name}:2")


def test_the_page_knows_its_date_better_than_the_crawl(tmp_path: Path) -> None:
    (article,), _ = read(tmp_path, record(answer(PAGE.encode(), "200 OK", HTML), "https://gazette.example/1"))
    assert article.published == "2023-05-03"


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (record(answer(PAGE.encode(), "200 OK", HTML), "https://a.example", length=300), "is longer than"),
        (
            record(answer(PAGE.encode(), "200 OK", HTML), "https://a.example", length=len(PAGE) + 1_000),
            "is shorter than",
        ),
        (record(b"x" * 100, "https://a.example", "metadata", length=10**15), "is shorter than"),
        (record(b"x" * 100, "https://a.example", "metadata", length=0), "is longer than"),
        (b"WARC/1.0\r\nContent-Length: -4\r\n\r\nrien\r\n\r\n", "is no WARC record"),
        (b"WARC/1.0\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n\r\n\r\n", "is no WARC record"),
        (b"\x00\xff rien du tout\r\n\r\n", "is no WARC record"),
    ],
    ids=["too short", "too long", "endless", "empty", "negative", "long headers", "garbage"],
)
def test_a_record_that_lies_about_its_length_costs_only_itself(
    tmp_path: Path, lie: bytes, reason: str
) -> None:
    read_, failed = read(tmp_path, GOOD + lie + GOOD)
    assert len([article for article in read_ if article.url == "https://gazette.example/un"]) == 2
    assert [one.reason[: len(reason)] for one in failed] == [reason]
    assert all("\n" not in one.reason for one in failed)


def test_a_record_that_is_cut_off(tmp_path: Path) -> None:
    (article,), (failed,) = read(tmp_path, GOOD + GOOD[:-200])
    assert article.url == "https://gazette.example/un"
    assert failed.reason.startswith("ends before the")
    (article,), (failed,) = read(tmp_path, gzip.compress(GOOD) + gzip.compress(GOOD)[:-200], "a.warc.gz")
    assert "is a damaged archive" in failed.reason


def test_a_page_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.reading.warc._LARGEST_PAGE", 100_000)
    bomb = answer(gzip.compress(b" " * 1_000_000), "200 OK", HTML, ("Content-Encoding", "gzip"))
    _, (failed,) = read(tmp_path, record(bomb, "https://a.example"))
    assert failed.reason.startswith("is larger than")
    _, (failed,) = read(tmp_path, record(answer(b" " * 200_000, "200 OK", HTML), "https://a.example"))
    assert failed.reason.startswith("is larger than")


def test_an_archive_without_pages_is_said(tmp_path: Path) -> None:
    _, (failed,) = read(
        tmp_path, record(answer(b"x", "200 OK", ("Content-Type", "image/png")), "https://a.b")
    )
    assert failed.reason.startswith("no web pages in this archive")
