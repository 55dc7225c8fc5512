"""What stands before the pages: names, seals, secrets, sizes, headers; and nothing inline in any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quotes.errors import TooSlowError
from quotes.web import protection
from quotes.web.forms import back_to
from quotes.web.rendering import outward
from tests.web.conftest import Visitor, visitor
from tests.web.test_pages import PAGES

EDITS = ["/fix", "/merge", "/rename", "/alias", "/split", "/undo", "/review", "/add"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.io", "[::2]"])
def test_other_names_are_refused(reader: Visitor, host: str) -> None:
    answer = reader.client.get("/", headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1"])
def test_our_names_are_answered(reader: Visitor, host: str) -> None:
    assert reader.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/nope", "/figures.svg", "/files/room.css", "/names?q=roy"])
def test_headers(reader: Visitor, address: str) -> None:
    answer = reader.client.get(address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    if address != "/figures.svg":
        assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("address", [*PAGES, "/review"])
def test_nothing_inline_and_nothing_from_elsewhere(editor: Visitor, address: str) -> None:
    page = editor.get(address)
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", page)
    for loaded in re.findall(r'<(?:script|link|img|source)[^>]*\s(?:src|href|srcset)="([^"]*)"', page):
        assert loaded.startswith("/")
        assert not loaded.startswith("//")


def test_the_script_and_the_style_load_nothing(reader: Visitor) -> None:
    for name in ("room.css", "room.js", "mark.svg"):
        text = reader.get(f"/files/{name}").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(|eval\(|innerHTML", text)


@pytest.mark.parametrize("address", EDITS)
def test_reading_only_means_it(reader: Visitor, address: str) -> None:
    reader.post(address, {"quote": "1", "article": "1", "verdict": "right"}, 403)
    assert reader.room.archive.corrections() == []


def test_reading_only_has_no_review(reader: Visitor) -> None:
    reader.get("/review", 403)
    assert "Corriger</a>" not in reader.get("/articles/1")
    assert "/merge" not in reader.get("/speakers/1")


@pytest.mark.parametrize("address", [*EDITS, "/try"])
def test_forms_without_a_seal_are_refused(editor: Visitor, address: str) -> None:
    for seal in ("", "0" * 64, "é"):
        answer = editor.client.post(
            address, data={"seal": seal, "quote": "1", "article": "1", "verdict": "right"}
        )
        assert answer.status_code == 403
    assert editor.room.archive.corrections() == []


def test_a_seal_is_one_visitors(editor: Visitor) -> None:
    page = editor.get("/try")
    seal = re.search(r'name="seal" value="(\w+)"', page)
    assert seal
    other = TestClient(editor.client.app, base_url="http://localhost")
    other.get("/try")
    answer = other.post("/fix", data={"seal": seal[1], "quote": "1", "article": "1", "verdict": "right"})
    assert answer.status_code == 403


def test_forms_from_another_page_are_refused(editor: Visitor) -> None:
    fields = {"quote": "1", "article": "1", "verdict": "right"}
    for origin in ("http://evil.example", "null", "http://localhost:9"):
        editor.post("/fix", fields, 403, headers={"origin": origin})
    editor.post("/fix", fields, 303, headers={"origin": "http://localhost"})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/review?done=1", "/review?done=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_forms_lead_to_our_own_pages(given: str, kept: str) -> None:
    assert back_to(given) == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "//a.example",
        "http://",
        "https://[::1",
        None,
        "https://a.example/\u202etxt",
        " javascript:alert(1)",
    ],
)
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert outward(address) is None


def test_large_bodies_are_refused(reader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "LARGEST_BODY", 10_000)
    answer = reader.client.post("/try", content=b"x" * 10_001)
    assert answer.status_code == 413
    assert "Rien ne dépasse 20 Mo" in answer.text
    answer = reader.client.post("/try", content=b"x" * 10_001, headers={"accept-language": "en"})
    assert "larger than 20 MB" in answer.text

    def stream() -> Iterator[bytes]:
        for _ in range(20):
            yield b"text=" + b"x" * 1_000 + b"&"

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert reader.client.post("/try", content=stream(), headers=headers).status_code == 413
    assert reader.client.post("/try", content=b"x", headers={"content-length": "-1"}).status_code == 413


def test_too_many_at_once_are_told_to_come_again(reader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "_WAITING", 0)
    answer = reader.client.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_a_question_that_takes_too_long_is_ended_and_says_so(
    reader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object, **__: object) -> None:
        raise TooSlowError("takes too long")

    monkeypatch.setattr(type(reader.room.archive), "search", slow)
    assert "trop longue" in reader.get("/search?q=climat", 503)
    assert "trop longue" in reader.get("/speakers/1", 503)


def test_what_takes_too_long_to_count_is_left_out(reader: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise TooSlowError("takes too long")

    monkeypatch.setattr(type(reader.room.archive), "narrowings", slow)
    page = reader.get("/search")
    assert "6 citations" in page
    assert '<aside class="facets"' not in page


def test_odd_methods_and_addresses(reader: Visitor) -> None:
    assert reader.client.post("/search").status_code == 405
    assert reader.client.delete("/articles/1").status_code == 405
    for address in (
        "/articles/0",
        "/articles/x",
        "/articles/-1",
        "/files/../application.py",
        "/files/%2e%2e/room.py",
        "/speakers/999",
        "/articles/1/quotes/99",
        "/articles/9/quotes/1",
    ):
        reader.get(address, 404)


@pytest.fixture
def guarded(place: Path) -> Iterator[Visitor]:
    yield from visitor(place, token="un secret assez long", hosts=frozenset({"*"}))


def test_the_token_lets_in(guarded: Visitor) -> None:
    client = guarded.client
    for address in PAGES:
        answer = client.get(address, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/enter"
    page = client.get("/enter", headers={"host": "salle.example"}).text
    assert "Jeanne" not in page
    seal = re.search(r'name="seal" value="(\w+)"', page)
    assert seal
    wrong = client.post("/enter", data={"seal": seal[1], "token": "autre chose"})
    assert wrong.status_code == 403
    assert client.get("/", follow_redirects=False).status_code == 303
    client.cookies.set("key", "0" * 64)
    assert client.get("/", follow_redirects=False).status_code == 303
    client.cookies.delete("key")
    right = client.post(
        "/enter", data={"seal": seal[1], "token": "un secret assez long"}, follow_redirects=False
    )
    assert right.status_code == 303
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "un secret" not in cookie
    assert client.get("/").status_code == 200


def test_without_a_token_there_is_no_entrance(reader: Visitor) -> None:
    reader.get("/enter", 303)
    reader.post("/enter", {"token": "x"}, 404)
