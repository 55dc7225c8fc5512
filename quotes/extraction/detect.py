"""Where do quotations stand? One pass over the marks of a text, with a stack.

Marks are read, never repaired. The pass is linear in the text whatever it holds: it visits only
the marks and the line ends, and looks ahead by a bounded number of them. A paragraph whose marks don't
pair is read once more, by what stands beside each mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from quotes.extraction.marks import Side, cue_after, incise_in, side_of, starts_sentence
from quotes.extraction.value import value

OPENERS = {"«": "»", "“": "”", "„": "”", "‹": "›"}
CLOSERS = {"»": "«", "”": "“", "›": "‹"}
_MARK = re.compile(r'[«»“”„"‹›\n]')
_NOT_SPACE = re.compile(r"\S")
# A repeated mark that heads a paragraph: « A … ¶ « B … ¶ » C … »
_HEAD = re.compile(r"\s*([«»“”\"])")
_BLANKS = " \t\u00a0\u202f"
_NEAR = 3  # code points
_AFTER_TURNED = frozenset(",.;\n")  # what stands behind a pair of marks that is turned round: » … «
_AFTER_CLOSING = frozenset(",;)")  # no word begins with them
# "… à Brume. Le", and where an export has lost the line end: "… à Brume.Le"; not "M. Roy"
_SENTENCE_END = re.compile(r"(?<![A-ZÀ-ÖØ-Ý])[.!?…][»”\"]?\s*(?=[A-ZÀ-ÖØ-Ý])")
_LONGEST_UNCLOSED = 400  # code points that a straight mark alone makes a quotation of
# How many line ends may lie between an opening mark and a closing one when no mark is repeated.
_MOST_LINES_AHEAD = 4


@value
class Quotation:
    """What stands between an outermost pair of marks.

    ``start``–``end`` bound the words, without the spaces beside them; ``outer_start``–``outer_end``
    take in the marks. ``closed`` is false where the closing mark is missing and the end of the
    paragraph bounds the quotation instead. It is ``guessed`` where the marks don't tell from where to
    where the words go: one is missing, or one more opens a sentence between two.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    mark: str
    closed: bool = True
    guessed: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """All outermost quotations of ``text`` in order; they don't overlap."""
    found: list[Quotation] = []
    stack: list[str] = []  # the marks that are open
    opened = [0, 0]  # where the outermost two of them stand; deeper ones are never asked for
    skip = -1
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if at == skip:
            continue
        if mark == "\n":
            if not stack:
                continue
            head = _HEAD.match(text, at)
            if head and _continues(stack[0], head.group(1)) and not _forgotten(text, opened[0], at, head):
                skip = head.start(1)
            elif head or not _closes_later(text, at, stack[0]):
                _read_again(text, opened[0], at, found)
                stack = []
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
        elif len(stack) > 1 and mark in CLOSERS and _matches(stack[0], mark):
            # An inner mark was left open: the outer closing mark closes both.
            _append(text, stack[0], opened[0], at, True, found)
            stack = []
        elif not stack:
            _add_unopened(text, at, found)
    if stack:
        _read_again(text, opened[0], len(text), found)
    return found


def _add_unopened(text: str, at: int, found: list[Quotation]) -> None:
    """Find the sentence that the mark at ``at`` closes and none opens: Nous partons », a déclaré Paul Roy.

    A stray mark may close what holds another pair: Il est « grand » et beau », a déclaré Paul Roy.
    """
    if not (text[at] in CLOSERS or _ends_words(text, at)) or not cue_after(text, at + 1):
        return
    start = max(text.rfind("\n", 0, at) + 1, at - _LONGEST_UNCLOSED)
    ends = [end.end() for end in _SENTENCE_END.finditer(text, start, at)]
    if not ends and at - start == _LONGEST_UNCLOSED:
        return
    start = ends[-1] if ends else start
    apart = not found or found[-1].outer_end <= start
    words = text[start:at].lstrip()
    start, words = at - len(words), words.rstrip()
    if apart and words[:1].isupper() and " " in words:
        mark = CLOSERS.get(text[at], text[at])
        found.append(Quotation(start, start + len(words), start, at + 1, mark, guessed=True))


def _continues(open_mark: str, head: str) -> bool:
    return head in {"«": "«»", "“": "“”", "„": "„“", '"': '"'}.get(open_mark, "")


def _matches(open_mark: str, mark: str) -> bool:
    if open_mark == "»":
        return mark in "«»"
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
        return not (mark == "“" and top == "„") and not (mark == "«" and top == "»")
    if mark == "»":
        # »Nous partons«, or "il parle d' » un gâchis »"
        return not top and _opens_backwards(text, at)
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark == "”":
        return top != "“" and before.isspace() and after.isalnum()
    if mark != '"':
        return False
    if top == '"':
        return (before.isspace() or before in "([") and after.isalnum()
    if after == '"' and not before.isalnum():
        return False  # ""Nous partons"": the second of them opens
    ends = before.isalnum() or before == '"' or top == "“"
    if (ends and not after.isalnum()) or after in _AFTER_CLOSING:
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


def _opens_backwards(text: str, at: int) -> bool:
    """Whether a » that nothing is open for opens a quotation: after an elision, or as »Nous partons«."""
    before = text[max(0, at - _NEAR) : at].rstrip(_BLANKS)[-1:]
    if before and before in "'’":
        return True
    side = side_of(text, at)
    if side is Side.CLOSES or (side is Side.OPENS and (not before or before == "\n")):
        return False
    following = next(islice(_MARK.finditer(text, at + 1), 1), None)
    if following is None or following.group() != "«":
        return False
    if side is Side.OPENS:
        return side_of(text, following.start()) is Side.CLOSES
    # "répond : » Nous partons « , dit-il": turned round, with a space on both sides
    after = text[following.end() : following.end() + _NEAR].lstrip(_BLANKS)[:1]
    return not after or after in _AFTER_TURNED


def _forgotten(text: str, opened: int, line_end: int, head: re.Match[str]) -> bool:
    """Whether the mark at the head of the next line opens a quotation, for the one before is over.

    « Le pont tient, dit Paul Roy. ¶ « Il bouge », dit Jeanne Amiel. Who speaks is told for the first
    inside it or before it, and for the second, by another name, after its own closing mark.
    """
    closing = next(islice(_MARK.finditer(text, head.end()), 1), None)
    if closing is None or closing.group() == "\n" or not cue_after(text, closing.end()):
        return False
    start = max(opened, text.rfind("\n", opened, line_end))
    return (
        text[max(0, opened - _NEAR) : opened].rstrip(_BLANKS)[-1:] == ":"
        or incise_in(text, start, line_end) >= 0
    )


def _read_again(text: str, start: int, end: int, found: list[Quotation]) -> None:
    """Read marks that don't pair, from the one that stayed open to the end of its paragraph.

    What stands beside a mark tells whether it opens or closes, whatever its shape: a straight mark or
    a wrong one may close what a guillemet opened. A mark that opens a sentence inside a quotation is
    one of those that are repeated at each paragraph, unless somebody has been said to speak before it:
    then the quotation before was never closed.
    """
    marks = [m.start() for m in _MARK.finditer(text, start, end) if m.group() != "\n"]
    opened: list[int] = []
    last = start
    guessed = False  # whether a mark has opened a sentence inside a line of what is open
    for k, at in enumerate(marks):
        side = _side(text, at, bool(opened))
        if side is Side.OPENS:
            if opened and starts_sentence(text, at):
                repeated = len(opened) == 1 and not _is_fragment(text, opened[0])
                if repeated and at - last <= _LONGEST_UNCLOSED and incise_in(text, last, at) < 0:
                    last = at
                    guessed = guessed or not _heads_line(text, at)
                    continue
                _bound(text, opened[0], at, found)
                opened = []
            if not opened:
                guessed = False
            opened.append(at)
            last = at
        elif opened:
            following = marks[k + 1] if k + 1 < len(marks) else -1
            if len(opened) > 1 and (
                _goes_on(text, at) or (following >= 0 and _side(text, following, True) is Side.CLOSES)
            ):
                opened.pop()
                continue
            first = _first_closed(text, opened, found)
            _append(text, text[first], first, at, True, found, guessed=guessed)
            opened = []
    if opened:
        _bound(text, opened[0], end, found)


def _first_closed(text: str, opened: Sequence[int], found: list[Quotation]) -> int:
    """Which of several open marks a closing one belongs to.

    What was opened before it ends at its incise, or a fragment with its sentence: « Le pont tient, | dit
    Paul Roy, qui parle d'un « miracle ».
    """
    first, last = opened[0], opened[-1]
    told = first != last and incise_in(text, first, last) >= 0
    if first == last or not (told or _parted(text, opened)):
        return first
    opens = text[first] in OPENERS or side_of(text, first) is Side.OPENS
    if told or (opens and _is_fragment(text, first) and _SENTENCE_END.search(text, first, last)):
        _bound(text, first, last, found)
    return last


def _side(text: str, at: int, inside: bool) -> Side:
    """Whether a mark opens or closes: by what stands beside it, or else by its shape."""
    mark, side = text[at], side_of(text, at)
    if inside and text[at + 1 : at + 2] in _AFTER_TURNED and not text.startswith("..", at + 1):
        return Side.CLOSES  # "un « gâchis « , dit-il"
    if mark == '"':
        return side if side is not Side.EITHER else Side.CLOSES if inside else Side.OPENS
    shape = Side.OPENS if mark in OPENERS else Side.CLOSES
    # A guillemet is turned only where it would make no sense as it is.
    return side if side is not Side.EITHER and inside == (side is Side.CLOSES) else shape


def _goes_on(text: str, at: int) -> bool:
    """Whether a sentence goes on after the mark at ``at``: « par « dépit » et « rancœur » envers tous »."""
    return text[at + 1 : at + 1 + _NEAR].lstrip(_BLANKS)[:1].islower()


def _heads_line(text: str, at: int) -> bool:
    """Whether the mark at ``at`` is the first of its line."""
    return text[max(0, at - _NEAR) : at].rstrip(_BLANKS)[-1:] == "\n"


def _is_fragment(text: str, opened: int) -> bool:
    """Whether the mark at ``opened`` opens part of a sentence: "un « gâchis"."""
    return text[opened + 1 : opened + _NEAR].lstrip(_BLANKS)[:1].islower()


def _parted(text: str, opened: Sequence[int]) -> bool:
    """Whether the first of several open marks is a stray one: it begins no sentence, or sentences follow."""
    return _is_fragment(text, opened[0]) or _SENTENCE_END.search(text, opened[0], opened[-1]) is not None


def _bound(text: str, start: int, end: int, found: list[Quotation]) -> None:
    """End a quotation that was never closed: at its incise, or where what bounds it begins."""
    mark = text[start]
    if _is_fragment(text, start):
        sentence_end = _SENTENCE_END.search(text, start, end)
        end = sentence_end.start() if sentence_end else end
    incise = incise_in(text, start, end)
    if incise >= 0:
        _append(text, mark, start, incise, False, found)
    elif mark != "»" and (mark != '"' or end - start < _LONGEST_UNCLOSED):
        _append(text, mark, start, end, False, found)


def _append(
    text: str,
    mark: str,
    opened: int,
    close: int,
    closed: bool,
    found: list[Quotation],
    *,
    guessed: bool = False,
) -> None:
    first = _NOT_SPACE.search(text, opened + 1, close)
    if first is None:
        return
    end = close
    while text[end - 1].isspace():
        end -= 1
    guessed = guessed or not closed
    found.append(Quotation(first.start(), end, opened, close + closed, mark, closed, guessed))
