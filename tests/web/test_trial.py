"""Trying: a pasted text or a file, its quotes at once, nothing stored unless asked for."""

from __future__ import annotations

import re
import threading

from quotes.ingest.trying import Trial
from quotes.reading import Unread
from tests.cli.conftest import BUDGET
from tests.web.conftest import Visitor


def test_a_pasted_text(reader: Visitor) -> None:
    page = reader.post("/try", {"text": BUDGET.replace("\n", "\r\n")}, 200)
    assert "Zoé Lebœuf" in page
    assert "maire de Saint-Aubin" in page
    assert re.search(r'class="said direct[^"]*"[^>]*>L’État nous aide peu</a>', page)
    assert "Rien n’est gardé" in page
    assert "/add" not in page
    assert reader.room.archive.counts()["articles"] == 3


def test_a_file(reader: Visitor) -> None:
    page = reader.post("/try", {}, 200, files={"file": ("budget.txt", BUDGET.encode(), "text/plain")})
    assert "Zoé Lebœuf" in page
    body = "<p>".join(BUDGET.splitlines())
    html = f"<html><head><title>Budget</title></head><body><article><h1>Budget</h1>{body}"
    page = reader.post("/try", {}, 200, files={"file": ("page.html", html.encode(), "text/html")})
    assert "Zoé Lebœuf" in page


def test_files_that_are_none(reader: Visitor) -> None:
    for name, data in [
        ("a.pdf", b"%PDF-1.4 nothing"),
        ("a.docx", b"PK\x03\x04"),
        ("b.zip", b"PK\x05\x06" + bytes(18)),
        ("../../etc/passwd", b"\x00\x01\x02" * 50),
        ("c.html", b"<p>"),
        ("d", b"\xff" * 10),
        ("e.txt", b" "),
    ]:
        page = reader.post("/try", {}, 422, files={"file": (name, data, "text/html")})
        assert 'role="alert"' in page
        assert "/tmp/" not in page
    reader.post("/try", {"text": "   "}, 400)


def test_what_is_not_french_is_asked_about(editor: Visitor) -> None:
    english = "« The bridge opens in May », said Jane Roy, who is the mayor of this town and its people."
    page = editor.post("/try", {"text": english}, 200)
    assert 'name="any_language" value="1" required' in page
    assert "français" in editor.post("/add", {"text": english}, 422)
    leads = editor.post("/add", {"text": english, "any_language": "1"})
    assert "Jane Roy" in editor.get(leads)
    assert "any_language" not in editor.post("/try", {"text": BUDGET}, 200)


def test_adding_what_was_tried(editor: Visitor) -> None:
    page = editor.post("/try", {"text": BUDGET}, 200)
    text = re.search(r'<textarea name="text" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert text
    fields = {"text": BUDGET, "outlet": "La Gazette de Brume", "published": "2023-05-03", "title": "Budget"}
    leads = editor.post("/add", fields)
    assert "La Gazette de Brume" in editor.get(leads)
    stored = editor.room.archive.article(int(leads.rpartition("/")[2]))
    assert stored.article.published == "2023-05-03"
    assert stored.article.text == BUDGET
    assert stored.quotes[0].quote.speaker
    # Again, it is the same article.
    assert editor.post("/add", fields) == leads
    editor.post("/add", {**fields, "published": "jeudi"}, 400)
    editor.post("/add", {"text": " "}, 400)


def test_the_rules_are_loaded_before_anybody_tries() -> None:
    with Trial() as trial:
        trial.make_ready()
        (found,) = trial.text("« Nous restons », a dit Jeanne Roy.")
        assert not isinstance(found, Unread)
        assert [one.text for one in found.quotes] == ["Nous restons"]


def test_nobody_waits_for_the_rules_who_goes() -> None:
    trial = Trial()
    trial.make_ready()
    trial.close()
    # Nothing is begun behind who has closed it.
    trial.make_ready()
    loading = [one for one in threading.enumerate() if one.name == "loading rules"]
    for one in loading:
        one.join(20)
    assert trial._worker._connection is None
