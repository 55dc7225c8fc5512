"""From bytes to text: labels as the web reads them, control characters that stand for marks, no label."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from quotes.reading import Read, read_all
from quotes.reading.encoding import decode_bytes, legacy_codec

TEXT = "« L’œuvre coûte 3 € – à peine… », a dit Zoé Lebœuf."


@pytest.mark.parametrize(
    "label",
    ["iso-8859-1", "ISO-8859-1", "latin1", "l1", "us-ascii", "ascii", "windows-1252", "cp1252", "x-cp1252", "utf-8", None,  # noqa: E501
     "inconnu"],
)  # fmt: skip
def test_what_is_labelled_latin_is_windows(label: str | None) -> None:
    assert decode_bytes(TEXT.encode("cp1252"), label).text == TEXT


def test_latin_9_has_its_own_letters_and_windows_marks() -> None:
    data = "L’œuvre".encode("cp1252").replace(b"\x9c", "œ".encode("iso-8859-15"))
    assert decode_bytes(data, "iso-8859-15").text == "L’œuvre"


@pytest.mark.parametrize("label", ["iso-8859-1", "utf-16", None, "mac"])
def test_utf_8_comes_before_any_label(label: str | None) -> None:
    assert decode_bytes(TEXT.encode(), label).text == TEXT


@pytest.mark.parametrize(
    "page",
    [
        '<meta charset="iso-8859-1"><p>{}',
        "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset = ISO-8859-1'><p>{}",
        '<?xml version="1.0" encoding="iso-8859-1"?><p>{}',
    ],
)
def test_what_a_page_says_of_itself(page: str) -> None:
    assert TEXT in decode_bytes(page.format(TEXT).encode("cp1252")).text


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("text", ["Le marché", "« À l’été », a répété le préfet, « ça ira ».", "L’élève"])
def test_old_encodings_are_told_by_french(codec: str, text: str) -> None:
    if codec == "cp850":
        text = text.replace("’", "'")
    assert decode_bytes(text.encode(codec)).text == text


def test_what_is_no_french_in_any_is_windows() -> None:
    assert legacy_codec("Ñandú".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("C\u0092est l\u0092\u009cuvre \u0096 enfin\u0085".encode(), "C’est l’œuvre – enfin…"),
        ("Zoé a été élue à l".encode() + b"\x92" + "unanimité".encode(), "Zoé a été élue à l’unanimité"),
        ("Zoé a été élue à l’unanimité".encode()[:-1], "Zoé a été élue à l’unanimit"),
    ],
    ids=["as control characters", "a byte of another encoding", "cut off"],
)
def test_utf_8_with_a_flaw_is_mended(data: bytes, text: str) -> None:
    assert decode_bytes(data).text == text


def test_a_flaw_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Été à Brême, déjà l".encode() + b"\x92hiver.")
    (read,) = read_all([str(path)])
    assert isinstance(read, Read)
    assert read.article.text == "Été à Brême, déjà l’hiver."
    assert read.note is not None
    assert "Windows-1252" in read.note


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "cp850", "mac_roman"])
def test_names_in_archives_that_are_not_flagged(tmp_path: Path, codec: str) -> None:
    name = "presse/été à Brême.txt"
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("x" * len(name.encode(codec)), TEXT)
    # No program that writes names without their flag is at hand.
    archive.write_bytes(archive.read_bytes().replace(b"x" * len(name.encode(codec)), name.encode(codec)))
    (read,) = read_all([str(archive)])
    assert isinstance(read, Read)
    assert read.article.source == f"{archive}/{name}"
