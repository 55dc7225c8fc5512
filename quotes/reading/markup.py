"""Mark-up to paragraphs: the blocks of an HTML fragment, as e-mails and feeds carry them."""

from __future__ import annotations

from html.parser import HTMLParser

from quotes.errors import ReadingError

_BLOCK_NAMES = """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title"})
_MOST_TAGS = 200_000


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
