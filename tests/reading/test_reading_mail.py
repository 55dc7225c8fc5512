"""E-mails: mailboxes, hard-wrapped and flowed texts, and what is told by its first bytes."""

from __future__ import annotations

import base64
import gzip
import textwrap
from pathlib import Path

import pytest

from quotes.model import Article
from quotes.reading import Read, Unread, read_all

TEXT = (
    "« Nous avons tenu parole, a déclaré devant une salle comble Zoé Lebœuf, présidente de l'association des"
    " riverains de Brême. Le reste viendra, peut-être avant l'été, si le conseil le veut bien. »"
)
HEAD = "From: La Gazette <lettre@b.example>\nSubject: {}\nDate: Tue, 5 Mar 2024 10:00:00 +0100\nMIME-Version: 1.0\n"  # noqa: E501
PLAIN = 'Content-Type: text/plain; charset="utf-8"{}\nContent-Transfer-Encoding: {}\n\n'


def mail(number: int, form: str = "", encoding: str = "8bit", text: str = TEXT) -> str:
    return HEAD.format(f"Lettre {number}") + PLAIN.format(form, encoding) + text + "\n"


def mailbox(*mails: str) -> bytes:
    envelope = "From lettre@b.example Tue Mar  5 10:00:00 2024\n"
    return "".join(f"{envelope}{one}\n" for one in mails).encode()


def read(path: Path) -> list[Article]:
    results = list(read_all([str(path)]))
    assert [r for r in results if isinstance(r, Unread)] == []
    return [r.article for r in results if isinstance(r, Read)]


@pytest.mark.parametrize("name", ["a.mbox", "a.txt", "a.eml", "courrier", "a.mbox.gz"])
def test_a_mailbox_is_many_mails(tmp_path: Path, name: str) -> None:
    encoded = base64.encodebytes(TEXT.encode()).decode()
    said = f"{TEXT}\n\n>From Brême, ce n'est pas loin."
    data = mailbox(mail(1), mail(2, encoding="base64", text=encoded), mail(3, text=said))
    path = tmp_path / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    articles = read(path)
    assert [article.title for article in articles] == ["Lettre 1", "Lettre 2", "Lettre 3"]
    assert [article.text.split("\n")[2] for article in articles] == [TEXT] * 3
    assert articles[2].text.rstrip().endswith("\nFrom Brême, ce n'est pas loin.")
    assert [(article.source or "").rpartition(":")[2] for article in articles] == ["1", "2", "3"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_wrapped_mails_have_paragraphs(tmp_path: Path, ends: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(1, text=textwrap.fill(TEXT, 60)).replace("\n", ends).encode())
    (article,) = read(path)
    assert article.text.strip() == f"Lettre 1\n\n{TEXT}"


def test_flowed_mails_have_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(1, "; format=flowed", text=" \n".join(textwrap.wrap(TEXT, 45))).encode())
    (article,) = read(path)
    assert article.text.strip() == f"Lettre 1\n\n{TEXT}"


def test_a_mail_that_was_saved_as_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mail(1).encode())
    (article,) = read(path)
    assert (article.title, article.outlet) == ("Lettre 1", "La Gazette")


def test_headers_that_are_sent_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail(1).replace("Lettre 1", "L’été à Brême").encode("cp1252"))
    (article,) = read(path)
    assert article.title == "L’été à Brême"


def test_a_text_that_begins_with_a_date_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"From Brême with love\nDate: 5 mars 2024\n{TEXT}\nFin.", encoding="utf-8")
    (article,) = read(path)
    assert article.text.startswith("From Brême with love\n")


@pytest.mark.parametrize("name", ["a.rtf", "a.txt"])
def test_rtf_is_read(tmp_path: Path, name: str) -> None:
    rtf = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Le pont\par \'ab\~\b Il tient\b0 \~\'bb, dit Zo\'e9 Leb\u339?uf.\par}"  # noqa: E501
    path = tmp_path / name
    path.write_text(rtf, encoding="ascii")
    (article,) = read(path)
    assert article.text.strip() == "Le pont\n«\u00a0Il tient\u00a0», dit Zoé Lebœuf."


def test_a_page_that_was_saved_as_a_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    path = tmp_path / "a.txt"
    path.write_text(
        f"<!DOCTYPE html><html><body><article><h1>Le pont</h1><p>{TEXT}</p><p>{TEXT} Fin.</p></article></body></html>",  # noqa: E501
        encoding="utf-8",
    )
    (article,) = read(path)
    assert article.text.split("\n") == ["Le pont", TEXT, f"{TEXT} Fin."]


@pytest.mark.parametrize("name", ["a.txt", "a.doc", "a.odt"])
@pytest.mark.parametrize("begin", [b"PK\x03\x04mimetype", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_documents_of_other_programs_are_told(tmp_path: Path, name: str, begin: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(begin + bytes(100))
    (said,) = read_all([str(path)])
    assert isinstance(said, Unread)
    assert said.reason.startswith("is a document of another program")
