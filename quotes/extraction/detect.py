"""Where do quotations stand? One pass over the marks of a text, with a stack.

Marks are read, never repaired. The pass is linear in the text whatever it holds: it visits only
the marks and the line ends, and looks ahead by a bounded number of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

OPENERS = {"«": "»", "“": "”", "„": "”", "‹": "›"}
CLOSERS = {"»": "«", "”": "“", "›": "‹"}
_MARK = re.compile(r'[«»“”„"‹›\n]')
_NOT_SPACE = re.compile(r"\S")
# A repeated mark that heads a paragraph: « A … ¶ « B … ¶ » C … »
_HEAD = re.compile(r"\s*([«»“”\"])")
# How many line ends may lie between an opening mark and a closing one when no mark is repeated.
_MOST_LINES_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between an outermost pair of marks.

    ``start``–``end`` bound the words, without the spaces beside them; ``outer_start``–``outer_end``
    take in the marks. ``closed`` is false where the closing mark is missing and the end of the
    paragraph bounds the quotation instead.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    mark: str
    closed: bool = True


def find_quotations(text: str) -> list[Quotation]:
    """All outermost quotations of ``text`` in order; they don't overlap."""
    found: list[Quotation] = []
    stack: list[str] = []  # the marks that are open
    opened = [0, 0]  # where the outermost two of them stand; deeper ones are never asked for
    children: list[tuple[int, int, str]] = []  # closed pairs just inside the outermost open mark
    skip = -1
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if at == skip:
            continue
        if mark == "\n":
            if not stack:
                continue
            head = _HEAD.match(text, at)
            if head and _continues(stack[0], head.group(1)):
                skip = head.start(1)
            elif not _closes_later(text, at, stack[0]):
                _bound_by_paragraph(text, stack[0], opened[0], children, at, found)
                stack, children = [], []
            continue
        top = stack[-1] if stack else ""
        if _opens(text, at, mark, top):
            if len(stack) < 2:
                opened[len(stack)] = at
            stack.append(mark)
        elif stack and _matches(top, mark):
            stack.pop()
            if not stack:
                _append(text, top, opened[0], at, True, found)
                children = []
            elif len(stack) == 1:
                children.append((opened[1], at, top))
        elif len(stack) > 1 and mark in CLOSERS and _matches(stack[0], mark):
            # An inner mark was left open: the outer closing mark closes both.
            _append(text, stack[0], opened[0], at, True, found)
            stack, children = [], []
    if stack:
        _bound_by_paragraph(text, stack[0], opened[0], children, len(text), found)
    return found


def _continues(open_mark: str, head: str) -> bool:
    return head in {"«": "«»", "“": "“”", "„": "„“", '"': '"'}.get(open_mark, "")


def _matches(open_mark: str, mark: str) -> bool:
    if open_mark == '"':
        return mark in '"”'
    if open_mark == "“":
        return mark in '”"'
    if open_mark == "„":
        return mark in "”“"
    return OPENERS.get(open_mark) == mark


def _opens(text: str, at: int, mark: str, top: str) -> bool:
    """Whether the mark opens a quotation; ``"`` and misused ” are read by their neighbours."""
    if mark in OPENERS:
        return not (mark == "“" and top == "„")
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark == "”":
        return top != "“" and before.isspace() and after.isalnum()
    if mark != '"':
        return False
    if top == '"':
        return (before.isspace() or before in "([") and after.isalnum()
    if (before.isalnum() or top == "“") and not after.isalnum():
        return False
    return not (after.isspace() and not before.isspace() and before not in "(['’")


def _closes_later(text: str, at: int, open_mark: str) -> bool:
    """Whether the next mark after the line end at ``at`` is the closing one that is still owed."""
    for match in islice(_MARK.finditer(text, at + 1), _MOST_LINES_AHEAD):
        if match.group() != "\n":
            closes = open_mark != '"' or _ends_words(text, match.start())
            return closes and _matches(open_mark, match.group())
    return False


def _ends_words(text: str, at: int) -> bool:
    """Whether the straight mark at ``at`` can only be a closing one: words before it, none after it."""
    after = text[at + 1] if at + 1 < len(text) else " "
    return at > 0 and not text[at - 1].isspace() and text[at - 1] not in "(['’" and not after.isalnum()


def _bound_by_paragraph(
    text: str,
    mark: str,
    start: int,
    children: list[tuple[int, int, str]],
    end: int,
    found: list[Quotation],
) -> None:
    """End what is still open at a paragraph's end; whole pairs inside it outlive a stray mark."""
    if children:
        for child, close, inner in children:
            _append(text, inner, child, close, True, found)
        return
    if mark != '"' or end - start < 400:
        _append(text, mark, start, end, False, found)


def _append(text: str, mark: str, opened: int, close: int, closed: bool, found: list[Quotation]) -> None:
    first = _NOT_SPACE.search(text, opened + 1, close)
    if first is None:
        return
    end = close
    while text[end - 1].isspace():
        end -= 1
    found.append(Quotation(first.start(), end, opened, close + closed, mark, closed))
