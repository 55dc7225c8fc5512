"""One plain text, from bytes to an article: which encoding, and is it a text at all?

The text is kept as decoded. Only two things change, as in Python's own text mode: a byte order
mark goes, and CR LF or CR becomes LF. Offsets count code points of the result.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

from quotes.errors import ReadingError
from quotes.model import Article
from quotes.reading.encoding import Decoded, decode_bytes
from quotes.reading.lines import unwrapped
from quotes.reading.markup import plain_text
from quotes.reading.metadata import describe
from quotes.reading.zones import zones_of

# A newspaper's whole year is below this; what is above is a mistake or an attack.
LARGEST_FILE = 100_000_000
# In characters, of one article: ten times a novel.
LARGEST_ARTICLE = 10_000_000

# Control characters that texts do hold: tab, line feed, vertical tab, form feed, carriage return.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.01
_SURROGATE = re.compile("[\ud800-\udfff]")

# What the continuation bytes of UTF-8 look like when they are read as Windows-1252 or Latin-1.
_CONTINUATION = re.escape(
    bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + bytes(range(0x80, 0xC0)).decode("latin-1")
)
# "Ã©" for "é", "Â«" for "«", "Å“" for "œ", "â€™" for "’".
_MOJIBAKE = re.compile(f"[ÃÂÅ][{_CONTINUATION}]|â[{_CONTINUATION}][{_CONTINUATION}]")
_FRENCH = re.compile(r"[àâçéèêëîïôùûüœ’«»…–—ÀÂÇÉÈÊËÎÏÔÙÛÜŒ]")


def read_article(path: str | Path) -> Article:
    """Read one plain text, or standard input for ``-``, with its zones and what it says of itself.

    Raises :class:`ReadingError`, one line without the file's name, when it is no text.
    """
    return article_of(read_text(decode(read_bytes(path)).text), source=shown(path))


def read_text(text: str) -> str:
    """The text as it is stored: as decoded, but without mark-up, and with broken lines made paragraphs."""
    plain = unwrapped(plain_text(text))
    if not plain.strip():
        raise ReadingError("is empty: nothing to read")
    return plain


def article_of(text: str, source: str | None = None) -> Article:
    """The article that a plain text is: zones from its shape, metadata from its head and source."""
    zones = zones_of(text)
    return replace(describe(text, zones, source), source=source, zones=zones)


def read_bytes(path: str | Path, limit: int = LARGEST_FILE) -> bytes:
    """The bytes of a file or of standard input (``-``), at most ``limit`` of them."""
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError:
        raise ReadingError("no such file: check the path") from None
    except IsADirectoryError:
        raise ReadingError("is a folder: name the files in it") from None
    except PermissionError:
        raise ReadingError("may not be read: check its permissions") from None
    except (OSError, ValueError) as error:
        raise ReadingError(f"can't be read ({_cause(error)}): check the path and the disk") from None
    if len(data) > limit:
        raise ReadingError(f"larger than {limit // 1_000_000} MB: split it into its articles")
    return data


def decode(data: bytes, label: str | None = None) -> Decoded:
    """Decode a text (see :mod:`quotes.reading.encoding`); refuse what is none.

    Raises :class:`ReadingError` for an empty text, a binary file, an unknown encoding, mojibake,
    lone surrogates and NUL characters.
    """
    if not data.strip():
        raise ReadingError("is empty: nothing to read")
    found = decode_bytes(data, label)
    return Decoded(checked(found.text, found.note), found.encoding, found.note)


def checked(text: str, flaw: str | None = None) -> str:
    """A decoded text with its line ends made ``\\n``; refuse what is empty, garbled or no text at all.

    ``flaw`` says what was wrong with its bytes, where they were no UTF-8.
    """
    controls = len(_CONTROL.findall(text[:100_000]))
    if "\0" in text or controls > _MOST_CONTROLS * min(len(text), 100_000):
        raise ReadingError("is no text (it holds NUL or control characters): save it as plain text in UTF-8")
    if _SURROGATE.search(text):
        raise ReadingError("holds halves of characters (lone surrogates): save it again as UTF-8")
    if is_mojibake(text):
        raise ReadingError(
            f"{flaw}: save it again as UTF-8"
            if flaw
            else "is garbled (“Ã©” for “é”: read in a wrong encoding before): save it again from its origin"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LARGEST_ARTICLE:
        limit = f"{LARGEST_ARTICLE // 1_000_000} million characters"
        raise ReadingError(f"longer than {limit}: split it into its articles")
    if not text.strip("\ufeff\u200b\u2060 \t\n\f\v\u00a0"):
        raise ReadingError("is empty: nothing to read")
    return text


def is_mojibake(text: str) -> bool:
    """Whether the text was once decoded in a wrong encoding and kept so.

    An article *about* "Ã©" is none: sound accents outweigh the garbled ones in it.
    """
    garbled = len(_MOJIBAKE.findall(text))
    if garbled and garbled * 4 >= len(_FRENCH.findall(_MOJIBAKE.sub("", text))):
        return True
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return lost >= 3 and lost * 500 > len(text)


def shown(path: str | Path) -> str:
    """A path as one printable line that any archive can keep: odd characters are escaped."""
    name = str(path)
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def _cause(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
