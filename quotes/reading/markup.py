"""Mark-up to text: the blocks of an HTML fragment, as e-mails and feeds carry them."""

from __future__ import annotations

import html
import re

from quotes.errors import ReadingError

_BLOCK_NAMES = """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "title"})
# What stands between the brackets ends at the next bracket: nothing is looked at twice.
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)[^<>]*+>|<[!?/][^<>]*+>")
_MOST_TAGS = 200_000

# Tags as they stand in prose that was taken out of a page: blocks, breaks, and words that are set apart.
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|blockquote|section|article|figure|td|tr|table)(?:\s[^<>]*+)?>", re.I
)
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_WORDS = "a|abbr|b|cite|em|font|i|q|small|span|strong|sub|sup|u|mark"
_CLOSED = re.compile(rf"\w\W?</(?:{_WORDS})>", re.IGNORECASE)
# With the guillemets that some print beside it.
_QUOTE_BEGINS = re.compile(r"(?:«\s?)?<q(?:\s[^<>]*+)?>\s*+(?:«\s*+)?", re.IGNORECASE)
_QUOTE_ENDS = re.compile(r"(?:\s?»)?\s?</q\s?>(?:\s?»)?", re.IGNORECASE)
# A number over the end of a word or a sentence; not that of "m²", "10³" and "1er".
_FOOTNOTE_CALL = re.compile(
    r"(?<=[^\W\d_][^\W\d_][^\W\d_]|..[»”\".,;!?)…])<sup(?:\s[^<>]*+)?>\s*+(?:<a(?:\s[^<>]*+)?>)?"
    r"\s*+(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}|\*{1,3})\s*+(?:</a>)?\s*+</sup>",
    re.IGNORECASE,
)
_WORD_TAG = re.compile(rf"</?(?:{_WORDS}|p|div|br)(?:\s[^<>]*+)?/?>", re.IGNORECASE)
_FEWEST_TAGS = 2
_ESCAPED_TIMES = 2
_ENTITY = r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
# An entity in a word or at a mark: "l&rsquo;abbaye", "«&nbsp;Nous", "R&amp;D", two in a row.
_GLUED = re.compile(rf"[\w«»,.!?;:]{_ENTITY}|{_ENTITY}(?:[\w«»]|{_ENTITY})")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_MARK = re.compile(r"[«“\"]")
_PICTURE = re.compile(r"(?<!\s)\s*+(?:https?://t\.co/\w+|pic\.(?:twitter|x)\.com/\w+)")
# "— Jeanne Roy, maire", "– Jeanne Roy (@jeanneroy) 3 mai 2024"
_CREDIT = re.compile(r"[—–-]\s?[A-ZÉÈÀÂÎÔÇ][^.!?]{1,150}$")


def flat(text: str) -> str:
    """The text on one line; no-break spaces stay, since French sets its guillemets with them."""
    return " ".join(
        part for part in text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ") if part
    )


def plain_text(text: str) -> str:
    """What a text says that may hold mark-up, as pages are kept in tables, or entities: without them.

    A text with blocks of HTML gives its paragraphs, one a line. In one with tags of words alone, lines
    stay as they are. What was escaped twice is read twice, but no oftener. A text that only speaks of a tag
    or an entity stays as it is.
    """
    for _ in range(_ESCAPED_TIMES):
        before = text
        if _is_marked_up(text):
            blocks = len(_BLOCK_TAG.findall(text)) >= _FEWEST_TAGS
            text = "\n".join(paragraphs_of(text, lines=not blocks)) if blocks else _without_tags(text)
        text = unescaped(text)
        if text == before:
            break
    return text


def fragment_lines(fragment: str) -> list[str]:
    """The paragraphs of an HTML fragment; those of one that was escaped twice are found too."""
    return [line for part in paragraphs_of(fragment) for line in plain_text(part).split("\n") if line.strip()]


def unescaped(text: str) -> str:
    """The text with the characters that entities stand for, where they stand in words or beside marks."""
    if "&" in text and (_GLUED.search(text) or ("&laquo;" in text and "&raquo;" in text)):
        return html.unescape(text)
    return text


def plain_line(text: str) -> str:
    """A title or name on one line, without tags and entities."""
    if "<" in text or "&" in text:
        for _ in range(_ESCAPED_TIMES):
            text = html.unescape(_WORD_TAG.sub("", text))
    return flat(text)


def _is_marked_up(text: str) -> bool:
    return "<" in text and (
        len(_BLOCK_TAG.findall(text)) >= _FEWEST_TAGS
        or _BREAK.search(text) is not None
        or _CLOSED.search(text) is not None
    )


def _without_tags(text: str) -> str:
    return _WORD_TAG.sub("", _BREAK.sub("\n", with_printed_marks(text)))


def with_printed_marks(page: str) -> str:
    """A page with the guillemets that ``<q>`` is printed with, and without the calls of footnotes."""
    if "<q" in page or "<Q" in page:
        page = _QUOTE_BEGINS.sub("«\u00a0", _QUOTE_ENDS.sub("\u00a0»", page))
    return _FOOTNOTE_CALL.sub("", page) if "<sup" in page else page


def paragraphs_of(fragment: str, *, lines: bool = False) -> list[str]:
    """The paragraphs of an HTML fragment as plain text, in order, with the marks that pages print for tags.

    With ``lines``, each line of it is one too, otherwise blank lines part them. Raises
    :class:`ReadingError` when it has more tags than any article. Linear in its length, which the
    standard library's parser is not: a thousandth of a mail's size in ``<a `` takes it minutes.
    """
    found = _Paragraphs(lines)
    silent = ""
    at = 0
    fragment = with_printed_marks(_without_comments(fragment))
    for number, tag in enumerate(_TAG.finditer(fragment)):
        if number >= _MOST_TAGS:
            raise ReadingError("has more tags than any article: save its text as .txt")
        if not silent:
            found.add(fragment[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if silent:
            silent = "" if tag["end"] and name == silent else silent
        elif name in _BLOCKS:
            found.block(name, ends=bool(tag["end"]))
        elif name in _SILENT and not tag["end"]:
            silent = name
    if not silent:
        found.add(fragment[at:])
    found.end()
    return found.paragraphs


class _Paragraphs:
    """The paragraphs of a fragment while it is read; ``lines``: each line of it is one."""

    def __init__(self, lines: bool) -> None:
        self.paragraphs: list[str] = []
        self._lines = lines
        self._words: list[str] = []
        # At which paragraphs the open block quotations begin.
        self._quoting: list[int] = []

    def add(self, text: str) -> None:
        """Add words; what ends a paragraph in them does."""
        first, *rest = [text]
        if "\n" in text:
            first, *rest = text.split("\n") if self._lines else _BLANK_LINE.split(text)
        self._words.append(first)
        for part in rest:
            self.end()
            self._words.append(part)

    def end(self) -> None:
        """End a paragraph."""
        paragraph = flat(html.unescape("".join(self._words)))
        if paragraph:
            self.paragraphs.append(paragraph)
        self._words.clear()

    def block(self, name: str, *, ends: bool) -> None:
        """Begin or end a block."""
        self.end()
        if name != "blockquote":
            return
        if not ends:
            self._quoting.append(len(self.paragraphs))
        elif self._quoting:
            begin = self._quoting.pop()
            before = self.paragraphs[begin - 1] if begin else ""
            self.paragraphs[begin:] = with_marks(self.paragraphs[begin:], before)


def with_marks(quoted: list[str], before: str, credit: bool = False) -> list[str]:
    """The lines of a block quotation with the marks that its setting stands for.

    It begins with a mark of its own, or it is somebody's words: where the line before ends in a colon, or
    where its last line names somebody ("— Jeanne Roy"; with ``credit`` the page says that it does).
    """
    said, signed = quoted, []
    if len(quoted) > 1 and (credit or _CREDIT.match(quoted[-1])):
        *said, last = quoted
        signed = [last]
    if not said or _MARK.match(said[0]) or not (signed or before.rstrip().endswith(":")):
        return quoted
    # The address of a picture is none of the words.
    said = [line for line in (_PICTURE.sub("", line) for line in said) if line.strip()] or said
    return (
        [f"« {said[0]}", *said[1:-1], f"{said[-1]} »", *signed]
        if len(said) > 1
        else [f"« {said[0]} »", *signed]
    )


def _without_comments(fragment: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := fragment.find("<!--", at)) >= 0 and (end := fragment.find("-->", start + 4)) >= 0:
        parts.append(fragment[at:start])
        at = end + 3
    return "".join([*parts, fragment[at:]])
