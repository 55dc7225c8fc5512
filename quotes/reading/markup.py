"""Mark-up to text: how a page is decoded; the blocks of an HTML fragment, as e-mails and feeds carry them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from quotes.errors import ReadingError
from quotes.reading.text import decode_bom_or_utf8

_BLOCK_NAMES = """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title"})
_MOST_TAGS = 200_000
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._silent = ""
        self._tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        if self._tags > _MOST_TAGS:
            raise ReadingError("has more tags than any article: save its text as .txt")
        if tag in _BLOCKS:
            self.end_paragraph()
        elif tag in _SILENT and not self._silent:
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag in _BLOCKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end_paragraph(self) -> None:
        paragraph = flat("".join(self._words))
        if paragraph:
            self.paragraphs.append(paragraph)
        self._words = []


def flat(text: str) -> str:
    """The text on one line; no-break spaces stay, since French sets its guillemets with them."""
    return " ".join(
        part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part
    )


def paragraphs_of(html: str) -> list[str]:
    """The paragraphs of an HTML fragment as plain text, in order."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return parser.paragraphs


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of a page's bytes; ``charset`` is what its server said, which its own mark outranks."""
    text = decode_bom_or_utf8(data)
    if text is not None:
        return text
    declared = _DECLARED.search(data, 0, 4_000)
    for encoding in (charset, declared[1].decode("ascii", "replace") if declared else None, "cp1252"):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")
