"""The turns of a conversation that is printed line by line, with the labels before them.

A turn is a line of the text, or a part of one where an export has lost the line ends ("… plus ?Oui.").
What stands before its words (a dash, a number, asterisks of bold type, a speaker's label) is told
apart from them; whether a label is one shows only in all the turns together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.model import Zone, ZoneKind

_LEFT_OUT = frozenset({ZoneKind.TEASER, ZoneKind.BOILERPLATE, ZoneKind.COMMENTS, ZoneKind.CAPTION})
_OF_ANSWERS = frozenset({ZoneKind.BODY, ZoneKind.STANDFIRST, ZoneKind.QUESTION})
_HEADLINE = ZoneKind.HEADLINE
_OF_HIMSELF = word_class("speaks_of_himself")
_TO_SOMEBODY = word_class("speaks_to_somebody")

_GLUED = 200  # code points: shorter lines are paragraphs as they are
# "… la digue ?Parce que", "… à faire.Le Val : Et", "… à faire. - Et ensuite": line ends that were lost
_LOST_LINE_END = re.compile(
    # It begins with what the next line does, which is found much faster than a place between two characters.
    r"[A-ZÀ-Ý«*\s](?:(?<=[.?!…»][A-ZÀ-Ý«*\s])(?:"
    r"(?<=[^\W\dA-ZÀ-Ý_][.?!…][A-ZÀ-Ý«])(?=[\w’' ])|(?<=[\s»)\]\"][?!…][A-ZÀ-Ý«])|(?<=\w\?[A-ZÀ-Ý«])"
    r"|(?<=\s)(?=[–—-]\s[A-ZÀ-Ý«])|(?<=\*)(?=\s?[A-ZÀ-Ý]))"
    r"|(?<=\S\s)\s(?=[A-ZÀ-Ý«]))"
)
_GAP = r"[ \u00a0\u2009\u202f]"
_NAME = r"[A-ZÀ-ÖØ-Ý][\w’'.&-]*"
# "Jeanne Roy :", "J. R. –", "LE VAL.-", "Jeanne Roy (J. R.) :"
_LABEL = re.compile(
    rf"(?P<label>{_NAME}(?:{_GAP}(?:d[eu’']|des|la|le|van|von|el|{_NAME})){{0,4}}?"
    rf"|(?:L[ae]{_GAP}|L['’])[a-zà-ÿœ-]+(?:{_GAP}[a-zà-ÿœ-]+)?)"  # "La maire :", "Le journaliste :"
    rf"(?:{_GAP}\((?P<short>[A-Z][A-Za-zÀ-ÿ. \u00a0]{{0,15}})\))?"
    rf"{_GAP}?(?::|\.{_GAP}?[–—-](?=\s)|{_GAP}[–—-](?=\s))[*_]{{0,3}}\s*(?=\S)"
)
_LONGEST_LABEL = 80  # code points
_LEAD = re.compile(r"[\s*_#>]*+(?:\d{1,2}\s?[.)/°]\s*+)?(?P<dash>[—–-]\s+)?[*_]*+")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.)+")
_NAME_LIKE = re.compile(r"[^\W\d_](?:[^\W\d_]|[.’'-])*")
_SPACE = re.compile(rf"{_GAP}+")
_QUESTION_FIRST = re.compile(r"[A-ZÀ-ÖØ-Ý][^?«“\"\n]{5,250}\?")
_WORD = re.compile(r"[^\W\d_]+['’]?")
_MARKED = re.compile(r"«[^«»]*+»|“[^“”]*+”|\"[^\"\n]*+\"")
_OPENING_MARKS = ("«", "“", '"')
_FEWEST_BARE = 3
_BLOCK = 200  # code points of a line that may hold an interview whose line ends became spaces
_ANSWERS = re.compile(rf"\?\s(?P<label>{_NAME}(?:{_GAP}{_NAME}){{1,3}}){_GAP}?:\s")
_SENTENCE_END = re.compile(r"[.?!…][»”\"]?\s+(?=[A-ZÀ-Ý«])")
# What asks, rather than wonders ("Une digue ou deux?"): an inversion, or a word that asks at the head
_ASKS = re.compile(
    rf"\w-(?:t-)?(?:ils?|elles?|on|ce|tu|nous|vous)\b|\A\W*(?:{'|'.join(word_class('interrogatives'))})\b",
    re.IGNORECASE,
)
# Words of a question that points back: "Sont-ils impuissants?", "Que dit ce rapport?"
_GOES_ON = re.compile(r"\b(?:ce|cet|cette|ces|leurs?)\s|-t?-?(?:ils?|elles?)\b|\s(?:le|la|les|en|y)\s\w+-")


@value
class Turn:
    """One line or part of a line: where its words stand, and what stands before them.

    ``line`` is where it begins with its label, ``start`` where its words do. ``asks`` says whether
    it ends with a question mark. ``bullet`` is what else it begins with: a dash, an asterisk.
    """

    line: int
    start: int
    end: int
    kind: ZoneKind
    asks: bool
    label: str | None = None
    short: str | None = None
    dashed: bool = False

    @property
    def key(self) -> str | None:
        """The label as it compares: "J. R." and "J.R." are one."""
        return label_key(self.label) if self.label else None

    @property
    def is_text(self) -> bool:
        """Whether an answer may stand there."""
        return self.kind in _OF_ANSWERS


def label_key(label: str) -> str:
    """A label without what two printings of it may differ in."""
    return re.sub(r"\W", "", fold(label))


def read_turns(text: str, zones: Sequence[Zone]) -> list[Turn]:
    """The turns of a text in order, each with what looks like a label before it."""
    found: list[Turn] = []
    for zone in zones:
        if zone.kind in _LEFT_OUT:
            continue
        for start, end in _pieces(text, zone):
            turn = _turn(text, start, end, zone.kind)
            if turn is not None and (zone.kind is not _HEADLINE or (turn.label and turn.asks)):
                found.append(turn)
    return found


def with_names_run_in(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """Turns where several answers begin with a name and nothing parts it: "Jeanne Roy C'est …"."""
    names: Counter[str] = Counter()
    for before, turn in pairwise(turns):
        if before.asks and not turn.asks and turn.label is None and turn.is_text:
            names.update(_openings(text, turn))
    often = [name for name, times in names.items() if times >= _FEWEST_BARE]
    if not often:
        return list(turns)
    name = max(often, key=lambda n: (names[n], len(n)))
    return [
        replace(turn, start=turn.start + len(name) + 1, label=turn_text(text, turn)[: len(name)])
        if turn.label is None and name in _openings(text, turn)
        else turn
        for turn in turns
    ]


def turn_text(text: str, turn: Turn) -> str:
    """The words of a turn."""
    return text[turn.start : turn.end]


def _openings(text: str, turn: Turn) -> list[str]:
    """The two and three words that a turn begins with, or one initial, where a capital follows them."""
    words = _SPACE.split(text[turn.start : min(turn.end, turn.start + _LONGEST_LABEL)])
    return [
        " ".join(words[:size])
        for size in (1, 2, 3)
        if len(words) > size
        and words[size][:1].isupper()
        and (size > 1 or _INITIALS.fullmatch(words[0]))
        and all(_NAME_LIKE.fullmatch(word) for word in words[:size])
    ]


def split_questions(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """Turns of which each holds a question and its answer, parted: "Pourquoi ? Parce que …"."""
    found: list[Turn] = []
    for turn in turns:
        question = _QUESTION_FIRST.match(text, turn.start, turn.end)
        answer = _turn(text, question.end(), turn.end, turn.kind) if question else None
        if question is None or answer is None or not turn.is_text:
            found.append(turn)
        else:
            found += [replace(turn, end=question.end(), asks=True), answer]
    return found


def split_blocks(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """Turns of which one holds a whole interview, parted: "… Le Val: Pourquoi? Jeanne Roy: Parce que …".

    Each question is one sentence, with the one before it where it only goes on from that. Nothing is
    parted before a label answers a question; after that, what else stands on the same line is.
    """
    found: list[Turn] = []
    going_on = -1  # where the line ends on which an interview has begun
    for turn in turns:
        answer = _ANSWERS.search(text, turn.start, turn.end) if turn.end - turn.start > _BLOCK else None
        if answer is not None:
            parts = _parts_of_block(text, turn.line, answer.start("label"), turn.end)
            going_on = text.find("\n", turn.end)
            going_on = going_on if going_on >= 0 else len(text)
        elif turn.end <= going_on:
            parts = _questions_and_answers(text, turn.line, turn.end)
        else:
            found.append(turn)
            continue
        for start, end in parts:
            part = _turn(text, start, end, turn.kind)
            if part is not None:
                found.append(part)
    return found


def _parts_of_block(text: str, start: int, answer: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before the first answer, parted before its question; then answers and questions."""
    opening = start
    for sentence in _SENTENCE_END.finditer(text, start, answer - 1):
        opening = sentence.end()
    yield start, opening
    yield opening, answer
    yield from _questions_and_answers(text, answer, end)


def _questions_and_answers(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = before = start
    ends = [sentence.end() for sentence in _SENTENCE_END.finditer(text, start, end)]
    for sentence, stop in pairwise([start, *ends, end]):
        asked = text[sentence:stop].rstrip()
        if asked.endswith("?") and _ASKS.search(asked):
            question = before if _GOES_ON.search(text, sentence, stop) and before > begin else sentence
            yield begin, question
            yield question, stop
            begin = stop
        before = sentence
    yield begin, end


LONGEST_QUESTION = 600
"""Code points of the longest question that an interviewer asks, with what leads to it."""


def of_himself(text: str, turn: Turn) -> bool:
    """Whether somebody speaks of himself there, marks left out: je, nous, mon …"""
    return not _OF_HIMSELF.isdisjoint(_own_words(text, turn))


def to_somebody(text: str, turn: Turn) -> bool:
    """Whether somebody is spoken to there, marks left out: vous, votre, tu …"""
    return not _TO_SOMEBODY.isdisjoint(_own_words(text, turn))


def in_marks(text: str, turn: Turn) -> bool:
    """Whether a turn begins with an opening mark."""
    return text.startswith(_OPENING_MARKS, turn.start)


def marked_length(text: str, turn: Turn) -> int:
    """How many code points of a turn stand in marks."""
    return sum(m.end() - m.start() for m in _MARKED.finditer(text, turn.start, turn.end))


def _own_words(text: str, turn: Turn) -> set[str]:
    words = _MARKED.sub(" ", text[turn.start : turn.end]).lower().replace("’", "'")
    return set(_WORD.findall(words))


def _pieces(text: str, zone: Zone) -> Iterator[tuple[int, int]]:
    start = zone.start
    if zone.end - zone.start > _GLUED:
        for match in _LOST_LINE_END.finditer(text, zone.start, zone.end):
            label = _LABEL.match(text, start, min(zone.end, start + _LONGEST_LABEL))
            if label is not None and label.end() > match.start():
                continue  # "Jeanne Roy. - Oui"
            yield start, match.start()
            start = match.start()
    yield start, zone.end


def _turn(text: str, start: int, end: int, kind: ZoneKind) -> Turn | None:
    lead = _LEAD.match(text, start, end)
    assert lead is not None  # it matches the empty string
    begin = lead.end()
    while end > begin and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    if begin >= end:
        return None
    label = _LABEL.match(text, begin, min(end, begin + _LONGEST_LABEL))
    words = label.end() if label else begin
    if words >= end:
        label, words = None, begin
    return Turn(
        begin,
        words,
        end,
        kind,
        text[end - 1] == "?",
        label["label"] if label else None,
        label["short"] if label else None,
        lead["dash"] is not None,
    )
