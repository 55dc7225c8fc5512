"""PDF and RTF: their paragraphs as lines."""

from __future__ import annotations

import io
from typing import Any

from quotes.errors import ReadingError
from quotes.reading.lines import unwrapped
from quotes.reading.markup import flat

_MOST_PAGES = 500


def read_rtf(data: bytes) -> tuple[str, str | None]:
    """The text of an RTF document, a paragraph a line."""
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text

    # RTF itself is ASCII; what is not stands in it by number, in the code page that it states.
    try:
        text = convert(data.decode("latin-1"), errors="replace")
    except Exception:  # the library raises what Python raises on broken numbers
        raise ReadingError("is no RTF that can be read: save it as .txt") from None
    lines = (flat(line) for line in text.replace("\x0b", "\n").replace("\r", "").split("\n"))
    return "\n".join(lines), None


def read_pdf(data: bytes) -> tuple[str, str | None]:
    """The text of a PDF, lines joined to paragraphs and words that were parted at a line's end joined."""
    import pypdf

    try:
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        if len(pages) > _MOST_PAGES:
            raise ReadingError(f"has more than {_MOST_PAGES} pages: split it into its articles")
        text = "\n".join(page.extract_text() for page in pages)
    except ReadingError:
        raise
    except Exception:  # broken files raise anything, from KeyError to RecursionError
        raise ReadingError("is no PDF that can be read: save its text as .txt") from None
    if not text.strip():
        raise ReadingError("holds no text (a scan?): run it through text recognition first")
    return _plain_lines(unwrapped(text, certainly=True)), None


def _plain_lines(text: str) -> str:
    return "\n".join(flat(line) for line in text.split("\n"))
