"""Word documents and PDF files: their paragraphs as lines."""

from __future__ import annotations

import io
import re
import zipfile

from quotes.errors import ReadingError
from quotes.reading.markup import flat

_MOST_PAGES = 500
_LARGEST_XML = 100_000_000
_NO_WORD = "is no Word document that can be read: save it as .txt"


def read_docx(data: bytes) -> str:
    """The paragraphs of a Word document, one a line."""
    try:
        import docx
    except ImportError:
        raise ReadingError("is a Word document: `pip install 'quotes[documents]'` to read it") from None
    _refuse_bombs(data)
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [flat(paragraph.text) for paragraph in document.paragraphs]
    except Exception:  # the library raises what its own dependencies raise
        raise ReadingError(_NO_WORD) from None
    return "\n".join(lines)


def _refuse_bombs(data: bytes) -> None:
    """A Word document is an archive: one that unpacks to far more than any text is not unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist() if info.filename.endswith(".xml"))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise ReadingError(_NO_WORD) from None
    if size > _LARGEST_XML:
        raise ReadingError("unpacks to far more than a text: save it as .txt")


def read_pdf(data: bytes) -> str:
    """The text of a PDF, lines joined to paragraphs and words that were parted at a line's end joined."""
    try:
        import pypdf
    except ImportError:
        raise ReadingError("is a PDF: `pip install 'quotes[documents]'` to read it") from None
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
    return _unwrapped(text)


def _unwrapped(text: str) -> str:
    """Lines of a column made paragraphs: one ends where a line is blank, or short and ends a sentence."""
    lines = [line.rstrip() for line in text.split("\n")]
    widest = sorted(len(line) for line in lines if line)[-max(1, len(lines) // 10)]
    paragraphs: list[str] = []
    joined = False
    for line in lines:
        if joined and line:
            last = paragraphs[-1]
            hyphen = re.search(r"\w-$", last) and line[:1].islower()
            paragraphs[-1] = last[:-1] + line if hyphen else f"{last} {line}"
        else:
            paragraphs.append(line)
        joined = (
            bool(line)
            and (len(line) > widest * 0.75 or not re.search(r"[.!?…»]$", line))
            and len(line) > widest * 0.5
        )
    return "\n".join(flat(paragraph) for paragraph in paragraphs)
