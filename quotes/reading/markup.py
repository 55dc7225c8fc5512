"""Mark-up to text: how a page is decoded; the blocks of an HTML fragment, as e-mails and feeds carry them."""

from __future__ import annotations

import html
import re

from quotes.errors import ReadingError
from quotes.reading.text import decode_bom_or_utf8

_BLOCK_NAMES = """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title"})
# What stands between the brackets ends at the next bracket: nothing is looked at twice.
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)[^<>]*+>|<[!?/][^<>]*+>")
_MOST_TAGS = 200_000
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*+=\s*+(?:[\"']\s*+)?([\w-]+)", re.IGNORECASE)


def flat(text: str) -> str:
    """The text on one line; no-break spaces stay, since French sets its guillemets with them."""
    return " ".join(
        part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part
    )


def paragraphs_of(fragment: str) -> list[str]:
    """The paragraphs of an HTML fragment as plain text, in order.

    Raises :class:`ReadingError` when it has more tags than any article. Linear in its length, which the
    standard library's parser is not: a thousandth of a mail's size in ``<a `` takes it minutes.
    """
    paragraphs: list[str] = []
    words: list[str] = []
    silent = ""
    at = 0

    def end_paragraph() -> None:
        paragraph = flat(html.unescape("".join(words)))
        if paragraph:
            paragraphs.append(paragraph)
        words.clear()

    fragment = _without_comments(fragment)
    for number, tag in enumerate(_TAG.finditer(fragment)):
        if number >= _MOST_TAGS:
            raise ReadingError("has more tags than any article: save its text as .txt")
        if not silent:
            words.append(fragment[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if silent:
            silent = "" if tag["end"] and name == silent else silent
        elif name in _BLOCKS:
            end_paragraph()
        elif name in _SILENT and not tag["end"]:
            silent = name
    if not silent:
        words.append(fragment[at:])
    end_paragraph()
    return paragraphs


def _without_comments(fragment: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := fragment.find("<!--", at)) >= 0 and (end := fragment.find("-->", start + 4)) >= 0:
        parts.append(fragment[at:start])
        at = end + 3
    return "".join([*parts, fragment[at:]])


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
