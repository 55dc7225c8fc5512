"""Addresses are read only when asked for, from public servers alone, neither endlessly nor for ever."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from quotes.errors import ReadingError
from quotes.reading import Columns, Read, Unread, fetch, read_all
from quotes.reading.forms import Answer
from quotes.reading.pieces import pieces_of_answer
from tests.reading.test_reading_forms import PAGE, TEXT

PRIVATE = "127.0.0.2"


def here(address: str) -> bool:
    """The test's own server, which no user may reach, and nothing else."""
    return address == "127.0.0.1"


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # noqa: C901
        path, _, rest = self.path.partition("/to/")
        if rest:
            self.answer(302, b"", Location=rest)
        elif path == "/page":
            self.answer(200, PAGE.encode(), **{"Content-Type": "text/html; charset=utf-8"})
        elif path == "/latin":
            self.answer(200, TEXT.encode("cp1252"), **{"Content-Type": "text/plain; charset=windows-1252"})
        elif path == "/gzip":
            packed = gzip.compress(TEXT.encode())
            self.answer(200, packed, **{"Content-Type": "text/plain", "Content-Encoding": "gzip"})
        elif path == "/bomb":
            packed = gzip.compress(b" " * 30_000_000)
            self.answer(200, packed, **{"Content-Type": "text/plain", "Content-Encoding": "gzip"})
        elif path == "/table":
            self.answer(200, b'{"text": "Un texte."}', **{"Content-Type": "application/json"})
        elif path == "/image":
            self.answer(200, b"x", **{"Content-Type": "image/png"})
        elif path == "/short":
            self.answer(200, b"x", **{"Content-Type": "text/plain", "Content-Length": "100"})
        elif path in ("/endless", "/drip"):
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.pour(path == "/drip")
        elif path == "/silent":
            time.sleep(5)
        elif path == "/headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self.pour(drip=True)
        elif path == "/continue":
            self.repeat(b"HTTP/1.1 100 Continue\r\n\r\n")
        elif path == "/head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self.repeat(b"X-A: " + b"a" * 60_000 + b"\r\n")
        elif path == "/trailers":
            self.wfile.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n0\r\n"
            )
            self.repeat(b"X: a\r\n" * 10_000)
        else:
            self.answer(404, b"")

    def answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def repeat(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(data)

    def pour(self, drip: bool) -> None:
        until = time.monotonic() + 20
        try:
            while time.monotonic() < until:
                self.wfile.write(b"x" if drip else b"x" * 100_000)
                self.wfile.flush()
                time.sleep(0.05 if drip else 0)
        except OSError:
            pass

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    served.daemon_threads = True
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


def reason(url: str) -> str:
    with pytest.raises(ReadingError) as caught:
        fetch.fetch(url, here)
    said = str(caught.value)
    assert "\n" not in said
    assert ": " in said
    return said


def test_a_page_and_what_its_server_says_of_it(server: str) -> None:
    pytest.importorskip("trafilatura")
    ask = partial(fetch.fetch, allowed=here)
    addresses = [
        f"{server}/page",
        f"{server}/latin",
        f"{server}/gzip",
        f"{server}/table",
        f"{server}/x/to//page",
    ]
    results = list(read_all([*addresses, f"{server}/image"], fetch=ask))
    failed = results.pop()
    assert isinstance(failed, Unread)
    assert failed == Unread(f"{server}/image", "is image/png, which is no text: save what you need of it")
    articles = [result.article for result in results if isinstance(result, Read)]
    assert len(articles) == 5
    assert articles[0].title == "Le marché couvert rouvrira"
    assert articles[1].text == articles[2].text == TEXT
    assert articles[3].text == "Un texte."
    assert [article.source for article in articles[:3]] == addresses[:3]
    assert articles[1].url == f"{server}/latin"
    assert articles[4].source == f"{server}/page"


def test_addresses_in_private_networks_are_refused(server: str) -> None:
    port = server.rpartition(":")[2]
    assert "private network" in reason(f"http://{PRIVATE}:{port}/page")
    with pytest.raises(ReadingError, match="private network"):
        fetch.fetch(f"{server}/page")
    with pytest.raises(ReadingError, match="private network"):
        fetch.fetch(f"http://localhost:{port}/page")


def test_a_redirect_leads_to_public_addresses_only(server: str) -> None:
    port = server.rpartition(":")[2]
    assert "private network" in reason(f"{server}/x/to/http://{PRIVATE}:{port}/page")
    assert "is no http or https address" in reason(f"{server}/x/to/file:///etc/passwd")
    assert "is no http or https address" in reason(f"{server}/x/to/ftp://a.example/")


def test_a_name_is_asked_for_once(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere the second time (DNS rebinding) finds nobody who asks."""
    answers = iter([("127.0.0.1", int(server.rpartition(":")[2]))])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", next(answers))])
    answer = fetch.fetch(f"http://gazette.example:{server.rpartition(':')[2]}/latin", here)
    assert answer.data == TEXT.encode("cp1252")


NOT_PUBLIC = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.168.1.1 192.0.2.1
198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 fc00::1 fe80::1
fe80::1%eth0 ff02::1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1 2001:0:7f00:1:: localhost
fec0::1 feff::1 3fff::1 3fff:fff::1 64:ff9b:1::1 5f00::1"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_what_is_not_public(address: str) -> None:
    assert not fetch.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_what_is_public(address: str) -> None:
    assert fetch.is_public(address)


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_an_answer_without_end_is_cut(server: str, path: str) -> None:
    assert reason(f"{server}/{path}").startswith("is larger than 20 MB")


def test_a_slow_server_is_left(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "READ_SECONDS", 0.3)
    monkeypatch.setattr(fetch, "FETCH_SECONDS", 0.5)
    assert reason(f"{server}/silent").startswith("did not answer in time")
    assert reason(f"{server}/drip").startswith("did not answer in time")


@pytest.mark.parametrize("path", ["continue", "head", "trailers"])
def test_lines_about_an_answer_without_end_are_cut(server: str, path: str) -> None:
    assert reason(f"{server}/{path}").startswith("sends more about its answer than any server")


def test_a_head_that_drips_is_cut_from_inside(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "FETCH_SECONDS", 0.5)
    assert reason(f"{server}/headers").startswith("did not answer in time")


def test_headers_that_drip_are_cut_from_outside(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each byte of them comes in time; a process of its own is ended when all takes too long.
    monkeypatch.setattr("quotes.reading.sources.FETCH_SECONDS", -9.0)
    (failed,) = read_all([f"{server}/headers"], fetch=partial(fetch.fetch, allowed=here))
    assert isinstance(failed, Unread)
    assert "took longer" in failed.reason


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://", "is no http or https address"),
        ("ftp://a.example/a.txt", "is no http or https address"),
        ("http://jeanne:secret@a.example/", "holds a user name"),
        ("http://127.0.0.1:99999/", "is no address"),
        ("http://[::1/", "is no address"),
        ("http://" + "a" * 70 + ".example/", "is no address"),
        ("http://127.0.0.1:1/", "can't be reached"),
        ("https://127.0.0.1:1/", "can't be reached"),
    ],
)
def test_addresses_that_lead_nowhere(url: str, said: str) -> None:
    assert reason(url).startswith(said)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("rien", "the server answers 404"),
        ("short", "breaks off"),
        ("x/to/x/to/x/to/x/to/x/to/x/to/page", "leads on more than 5 times"),
        ("a b\r\nX: y", "the server answers 404"),
    ],
)
def test_answers_that_are_none(server: str, path: str, said: str) -> None:
    if "/to/" in path:
        path = "x/to/" + "/x/to/" * 7
    assert reason(f"{server}/{path}").startswith(said)


def test_a_connection_that_is_not_secure_is_refused(server: str) -> None:
    assert reason(f"https://127.0.0.1:{server.rpartition(':')[2]}/").startswith("is not safely reached")


def test_a_name_without_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert reason("https://gazette.example/").startswith("there is no host gazette.example")


def test_the_address_says_what_the_server_does_not() -> None:
    answer = Answer(b"%PDF-1.4", "application/octet-stream", None, "https://a.example/b.pdf?x=1")
    (piece,) = pieces_of_answer(answer, Columns())
    assert not isinstance(piece, Unread)
    assert piece.form == "PDF"
