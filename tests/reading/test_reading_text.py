"""From bytes to a text: encodings, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import ReadingError
from quotes.model import ZoneKind
from quotes.reading import read_article
from quotes.reading.text import decode, read_bytes, shown

FRENCH = "« L’œuvre coûte 3 € », a déclaré Zoé Lebœuf, élue à Saint-Aubin.\n"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_recognised(codec: str, named: str) -> None:
    decoded = decode(FRENCH.encode(codec))
    assert (decoded.text, decoded.encoding) == (FRENCH, named)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        ("\ufeff\u00a0\n".encode(), "is empty"),
        (b"Du texte\0encore", "is no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no text"),
        (bytes(range(1, 32)) * 20, "is no text"),
        (FRENCH.encode("utf-16-le"), "is no text"),
        (b"\xff\xfe\x00\xd8", "is no valid UTF-16"),
        (FRENCH.encode().decode("cp1252").encode(), "is garbled"),
        (FRENCH.encode().decode("latin-1").encode(), "is garbled"),
        ("La maire dit oui \ud800 demain, à l'été".encode("utf-8", "surrogatepass"), "lone surrogates"),
        ("été, déjà ".encode() + b"\xe9\xe8", "save it again as UTF-8"),
        (b"\x8f\x81 \x9d\x90 rien \x81", "neither UTF-8 nor Windows-1252"),
        ("Les \ufffdlus ont \ufffdt\ufffd re\ufffdus.".encode(), "is garbled"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_an_article_about_mojibake_is_read() -> None:
    text = (
        "Le célèbre « Ã© » remplace « é » dès qu’un logiciel se trompe, a expliqué Zoé Lebœuf, développeuse."
    )
    assert decode(text.encode()).text == text


def test_text_is_what_python_reads_in_text_mode(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes("Un titre\r\n« Oui\u202f», dit-elle.\rFin \u2028 \x0c de page\n".encode())
    article = read_article(file)
    assert article.text == file.read_text(encoding="utf-8")
    assert article.source == str(file)
    assert article.title == "Un titre"
    assert article.zones[0].kind is ZoneKind.HEADLINE


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except ReadingError:
        return
    assert "\0" not in text
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(alphabet="aé « »\n’œ", min_size=1).filter(lambda text: bool(text.strip("\n \u00a0"))))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"x" * 1_000_001)
    with pytest.raises(ReadingError, match="larger than 1 MB"):
        read_bytes(file, limit=1_000_000)


def test_names_are_shown_on_one_line() -> None:
    assert shown("un\nnom\x1b[0m\udce9.txt") == "un\\nnom\\x1b[0m\\udce9.txt"
    assert shown("un été.txt") == "un été.txt"
