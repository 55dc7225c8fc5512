"""Replies of an interview that stand without marks: behind a label, a dash, or after a question.

First it is decided for the article as a whole whether it is an interview: by its labels, or by how
often a question is answered and who speaks in the answers. Only then is each turn a question or an
answer, so that a report with a rhetorical question or two stays a report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from quotes.extraction.turns import (
    LONGEST_QUESTION,
    Turn,
    in_marks,
    label_key,
    marked_length,
    of_himself,
    read_turns,
    split_blocks,
    split_questions,
    to_somebody,
    with_names_run_in,
)
from quotes.extraction.unmarked import Unmarked
from quotes.french.grammar import word_class
from quotes.model import Zone, ZoneKind

RULE = "interview"


def _any_of(section: str) -> str:
    return "|".join(re.escape(word) for word in sorted(word_class(section), key=len, reverse=True))


_NOTES = re.compile(
    rf"(?:^|\n)\W*(?:{_any_of('heads_an_interview')})(?!\w)|(?<!\w)(?:{_any_of('announces_an_interview')})(?!\w)"
)
_ASKERS = word_class("labels_of_questions")
_NOBODYS = word_class("labels_of_replies")
_FEWEST = 2  # replies; fewer is no interview
_FEWEST_PLAIN = 3  # answers, where no label shows who speaks
_LONGEST_ASKED_AGAIN = 150  # code points of a question that another one follows
_LONGEST_PROMPT = 250  # code points of what an interviewer says without asking
_HEAD = 1_500  # code points in which an article says that it is an interview
_FOOT = 300
_MOST_MARKED = 0.25  # of the answers: a report of questions and answers quotes in marks
# The shares of questions with vous and of answers with je: in an interview that says so, and in any other.
_LITTLE = 0.25
_MUCH = 0.9
_MANY = 5  # exchanges of which most questions are led up to: nobody but an interviewer writes so many
_TWO_SENTENCES = re.compile(r"[a-zà-öø-ÿ)»][.?!…][ \u00a0]+[A-ZÀ-ÖØ-Ý«]")
_FULL_NAME = re.compile(r"[A-ZÀ-ÖØ-Ý][\w’'-]{1,40}(?:[ \u00a0][A-ZÀ-ÖØ-Ý][\w’'-]{1,40}){1,3}")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Ý]\.?[ \u00a0-]?){2,5}")  # "J. R.", "J.-P. R.", "JR"
_PERSON = re.compile(rf"{_FULL_NAME.pattern}|{_INITIALS.pattern}")
_MOST_NAMES = 40
_NO_VERBS = "|".join(
    map(
        _any_of,
        ("prepositions", "contracted", "relatives", "subordinators", "conjunctions", "subject_pronouns"),
    )
)
# "», souffle-t-elle": somebody tells what was said; but: "», mais elle"
_INCISE = re.compile(
    rf"[»”\"],?\s(?!(?:{_NO_VERBS})\s)(?:(?:a|ont|s[’'])\s?)?"
    r"\w+[ -](?:t-)?(?:ils?|elles?|on|l[ae]\s|l[’']|[A-ZÀ-Ý])"
)
_MOST_TOLD = 0.2  # of the answers: where more hold an incise, the article tells what was said


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question and the turns that may answer it."""

    question: Turn
    answers: tuple[Turn, ...]


def find_replies(text: str, zones: Sequence[Zone]) -> list[Unmarked]:
    """The replies of an interview, in order; none where the text is no interview.

    A reply is one stretch from its first letter to its last, over several paragraphs if need be. Those
    in marks come with ``marked``.
    """
    turns = read_turns(text, zones)
    return (
        _labelled(text, turns)
        or _labelled(text, with_names_run_in(text, turns))
        or _labelled(text, split_blocks(text, turns))
        or _line_by_line(text, turns)
        or _plain(text, turns)
        or _plain(text, _one_line_each(text, turns))
        or _dashed(text, turns)
        or _quoted(text, turns)
    )


# --- with labels ---


def _labelled(text: str, turns: Sequence[Turn]) -> list[Unmarked]:
    """Replies of whom a label names, at each of them or at the first one only."""
    if not any(turn.label for turn in turns):
        return []
    asking = _asking(turns)
    answering = _answering(turns, asking)
    if not answering:
        return []
    exchanges = list(_exchanges(text, turns, asking, answering))
    labelled = [e for e in exchanges if e.answers[0].key in answering]
    if not labelled:
        return []
    if len(labelled) * 2 > len(exchanges) and len(labelled) >= _FEWEST:
        return _replies(text, labelled, answering, turns)
    # Labels stand at the first replies only: what comes before is no reply.
    exchanges = exchanges[exchanges.index(labelled[0]) :]
    if len(labelled) < _FEWEST and not (
        len(exchanges) >= _FEWEST and (asking or _is_interview(text, exchanges))
    ):
        return []
    return _replies(text, exchanges, answering, turns)


def _asking(turns: Sequence[Turn]) -> set[str]:
    """The labels that ask more often than not."""
    labels = Counter(turn.key for turn in turns)
    asked = Counter(turn.key for turn in turns if turn.asks)
    return {key for key, times in asked.items() if key and (times * 2 > labels[key] or key in _ASKERS)}


def _answering(turns: Sequence[Turn], asking: set[str]) -> set[str]:
    """The labels that follow a question more often than not."""
    labels = Counter(turn.key for turn in turns)
    after = Counter(
        turn.key
        for before, turn in pairwise(turns)
        if turn.key and turn.key not in asking and (before.key in asking or before.asks)
    )
    long = _full_names(turns)
    counted = {key for key, times in after.items() if key and times * 2 >= labels[key]}
    if not asking:
        counted |= _taking_turns(turns, set(after))
    for short, full in long.items():
        if full.key and full.key not in asking and not counted.isdisjoint((short, full.key)):
            counted |= {short, full.key}
    return counted


def _full_names(turns: Sequence[Turn]) -> dict[str, Turn]:
    """The turn that names in full whom later ones name by initials: "Jeanne Roy (J. R.) :", "Jeanne Roy."."""
    found = {label_key(turn.short): turn for turn in turns if turn.short}
    initials = {turn.key for turn in turns if turn.label and _INITIALS.fullmatch(turn.label)}
    for turn in turns:
        name = turn.label.rstrip(".") if turn.label else ""
        if _FULL_NAME.fullmatch(name):
            short = label_key("".join(part[:1] for part in re.split(r"[ \u00a0-]", name)))
            if short in initials:
                found.setdefault(short, turn)
    return found


def _taking_turns(turns: Sequence[Turn], answering: set[str | None]) -> set[str]:
    """The labels of people who answer unlabelled questions and each other: "J. R. : Oui. / L. B. : Non."."""
    pairs = list(pairwise(turns))
    if sum(before.asks and before.key is None and turn.key in answering for before, turn in pairs) < _FEWEST:
        return set()
    people = {turn.key for turn in turns if turn.label and _PERSON.fullmatch(turn.label)}
    answered = Counter(turn.key for before, turn in pairs if before.key in people and before.key != turn.key)
    return {key for key in people if key and (key in answering or answered[key] >= _FEWEST)}


# --- questions and answers ---


def _exchanges(
    text: str, turns: Sequence[Turn], asking: set[str], answering: set[str]
) -> Iterator[_Exchange]:
    """Each question with the turns up to the next one."""
    question: Turn | None = None
    answers: list[Turn] = []
    often = sum(turn.key in answering for turn in turns) >= _FEWEST
    for n, turn in enumerate(turns):
        if turn.kind is ZoneKind.BYLINE:
            continue
        following = turns[n + 1] if n + 1 < len(turns) else None
        asked = question is not None and not answers
        if _is_question(text, turn, following, asked, bool(answers), asking, answering, often):
            if question is not None and answers:
                yield _Exchange(question, tuple(answers))
                answers = []
            question = turn
        elif question is not None:
            if turn.key in answering and answers:
                yield _Exchange(question, tuple(answers))  # another one answers, or the same one again
                answers = []
            answers.append(turn)
    if question is not None and answers:
        yield _Exchange(question, tuple(answers))


def _is_question(
    text: str,
    turn: Turn,
    following: Turn | None,
    asked: bool,
    answered: bool,
    asking: set[str],
    answering: set[str],
    often: bool,
) -> bool:
    """Whether the interviewer speaks: behind his label, in a question, or before who is labelled."""
    if turn.key in asking or (turn.kind is ZoneKind.QUESTION and not turn.asks):
        return True
    if turn.key in answering or turn.end - turn.start > LONGEST_QUESTION or in_marks(text, turn):
        return False
    if turn.asks:
        # Right after a question it is an answer that ends in one.
        long = turn.end - turn.start > _LONGEST_ASKED_AGAIN
        return not asked or to_somebody(text, turn) or not (long or of_himself(text, turn))
    if following is None or not answered or not turn.is_text:
        return False
    if often:
        return following.key in answering
    return (
        turn.end - turn.start <= _LONGEST_PROMPT
        and not (following.asks and (to_somebody(text, following) or not of_himself(text, following)))
        and to_somebody(text, turn)
        and not of_himself(text, turn)
    )


def _replies(
    text: str, exchanges: Sequence[_Exchange], answering: set[str], turns: Sequence[Turn]
) -> list[Unmarked]:
    """Each exchange's answer as one stretch."""
    names = {turn.key: turn for turn in reversed(turns) if turn.key in answering}
    short = _full_names(turns)
    people = _people_before(text, exchanges)
    first = next((t for e in exchanges for t in e.answers if t.key in answering), None)
    found: list[Unmarked] = []
    for number, exchange in enumerate(exchanges):
        said = _said(text, exchange, answering, people if number == len(exchanges) - 1 else None)
        if not said:
            continue
        opening = said[0]
        labelled = opening.key in answering
        named = opening if labelled else (first if len(names) == 1 else None)
        full = short.get(named.key or "", named) if named is not None else None
        label = full.label if full is not None else None
        found.append(
            Unmarked(
                opening.start if labelled or opening.label is None else opening.line,
                said[-1].end,
                label if label and label_key(label) not in _NOBODYS else None,
                RULE,
                opening.line if labelled else -1,
                in_marks(text, opening),
            )
        )
    return found


def _said(text: str, exchange: _Exchange, answering: set[str], people: re.Pattern[str] | None) -> list[Turn]:
    """The turns of an answer, headings at its end left out; of the last one, what is no more of it."""
    said: list[Turn] = []
    for turn in exchange.answers:
        if said and people is not None and _tells(text, turn, people, answering):
            break
        said.append(turn)
    while said and not (said[-1].is_text or said[-1].key in answering):
        said.pop()
    while said and not (said[0].is_text or said[0].key in answering):
        said.pop(0)
    return said


def _tells(text: str, turn: Turn, people: re.Pattern[str], answering: set[str]) -> bool:
    """Whether a turn after the last answer is the article's again."""
    if not turn.is_text or in_marks(text, turn) or text.startswith("*", max(0, turn.line - 2), turn.line):
        return True
    stretch = text[turn.line : turn.end]
    return bool(people.search(stretch) or _INCISE.search(stretch)) and not of_himself(text, turn)


def _people_before(text: str, exchanges: Sequence[_Exchange]) -> re.Pattern[str]:
    """Finds the names that stand before the first question, and in labels."""
    head = text[: exchanges[0].question.line][-_HEAD * 2 :] if exchanges else ""
    names = list(dict.fromkeys(_FULL_NAME.findall(head)))[:_MOST_NAMES]
    names += [t.label for e in exchanges for t in e.answers[:1] if t.label and " " in t.label][:_MOST_NAMES]
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


# --- without labels ---


def _plain(text: str, turns: Sequence[Turn]) -> list[Unmarked]:
    """Answers that nothing but their questions shows."""
    if sum(_is_asked(turn) for turn in turns) < _FEWEST_PLAIN:
        return []
    exchanges = [e for e in _exchanges(text, turns, set(), set()) if any(t.is_text for t in e.answers)]
    while exchanges and _introduces(text, exchanges[0]):
        exchanges.pop(0)
    asked = sum(_is_asked(e.question) for e in exchanges)
    if asked < _FEWEST_PLAIN or not _is_interview(text, _ended(text, exchanges)):
        return []
    return _replies(text, exchanges, set(), turns)


def _is_asked(turn: Turn) -> bool:
    return turn.asks or turn.kind is ZoneKind.QUESTION


def _line_by_line(text: str, turns: Sequence[Turn]) -> list[Unmarked]:
    """Questions and answers of one line each, so that a line that doesn't ask is a question in its turn.

    "Qui paiera ? / La Région. / La maire s'y oppose. / Je le regrette."
    """
    for run in _runs(text, turns):
        pairs = takewhile(lambda pair: pair[1].is_text, zip(run[::2], run[1::2], strict=False))
        exchanges = [_Exchange(question, (answer,)) for question, answer in pairs]
        dashed = len(run) > 1 and run[1].dashed
        if _take_turns(text, exchanges) and (dashed or _is_interview(text, exchanges)):
            return _replies(text, exchanges, set(), turns)
    return []


def _runs(text: str, turns: Sequence[Turn]) -> Iterator[Sequence[Turn]]:
    """The turns behind dashes, with the questions before them; and all turns from the first question on."""
    dashed = [n for n, turn in enumerate(turns) if turn.dashed]
    if dashed:
        first, last = dashed[0], dashed[-1] + 1
        answers = turns[max(0, first - 1) : last]
        if all(turn.dashed is bool(n % 2) for n, turn in enumerate(answers)):
            yield answers
        elif all(turn.dashed for turn in turns[first:last]):
            yield turns[first - (first > 0 and turns[first - 1].asks) : last]
    first = next((n for n, turn in enumerate(turns) if turn.asks), len(turns))
    while first > 1 and _prompts(text, turns[first - 2]) and of_himself(text, turns[first - 1]):
        first -= 2
    run = [turn for turn in turns[first:] if turn.kind is not ZoneKind.BYLINE]
    if not dashed:
        yield run


def _prompts(text: str, turn: Turn) -> bool:
    """Whether somebody is spoken to by who doesn't speak of himself: "Votre livre s'ouvre sur un phare."."""
    return turn.is_text and to_somebody(text, turn) and not of_himself(text, turn)


def _take_turns(text: str, exchanges: Sequence[_Exchange]) -> bool:
    """Whether one of two lines asks or speaks to somebody, and the other answers and is the longer one."""
    questions = [e.question for e in exchanges]
    length = sum(
        e.answers[0].end - e.answers[0].start - (e.question.end - e.question.start) for e in exchanges
    )
    return (
        len(questions) >= _FEWEST_PLAIN
        and length > 0
        and not any(e.answers[0].asks for e in exchanges)
        and all(q.end - q.start <= LONGEST_QUESTION for q in questions)
        and sum(q.asks or to_somebody(text, q) for q in questions) >= max(_FEWEST_PLAIN, len(questions) / 2)
        and not any(in_marks(text, q) or (of_himself(text, q) and not q.asks) for q in questions)
    )


def _ended(text: str, exchanges: Sequence[_Exchange]) -> list[_Exchange]:
    """The exchanges without what the article goes on to tell behind the last of them."""
    *others, last = exchanges
    said = _said(text, last, set(), _people_before(text, exchanges))
    return [*others, _Exchange(last.question, tuple(said))] if said else [*others]


def _introduces(text: str, exchange: _Exchange) -> bool:
    """Whether a question at the head is nobody's: the article itself goes on, and says who will answer."""
    opening = exchange.answers[0]
    return (
        not to_somebody(text, exchange.question)
        and not any(of_himself(text, turn) for turn in exchange.answers)
        and _FULL_NAME.search(text, opening.start, opening.end) is not None
    )


def _is_interview(text: str, exchanges: Sequence[_Exchange]) -> bool:
    """Whether questions and answers are somebody's: who is spoken to, who speaks, what the head says."""
    answers = [t for e in exchanges for t in e.answers]
    length = sum(t.end - t.start for t in answers)
    if sum(marked_length(text, t) for t in answers if not in_marks(text, t)) > _MOST_MARKED * length:
        return False
    if sum(
        any(_INCISE.search(text, t.start, t.end) for t in e.answers) for e in exchanges
    ) > _MOST_TOLD * len(exchanges):
        return False
    asked = sum(to_somebody(text, e.question) for e in exchanges) / len(exchanges)
    spoken = sum(any(of_himself(text, t) for t in e.answers) for e in exchanges) / len(exchanges)
    if _announced(text, exchanges):
        return asked + spoken >= _LITTLE
    if len(exchanges) >= _MANY and sum(_leads_up(text, e.question) for e in exchanges) * 2 > len(exchanges):
        return True
    return asked >= _LITTLE and spoken >= _LITTLE and asked + spoken >= _MUCH


def _leads_up(text: str, question: Turn) -> bool:
    """Whether a question comes behind a sentence that leads up to it, as no heading does."""
    return (
        question.asks
        and question.is_text
        and _TWO_SENTENCES.search(text, question.start, question.end) is not None
    )


def _announced(text: str, exchanges: Sequence[_Exchange]) -> bool:
    """Whether the head or the foot of the article calls it an interview."""
    head = text[: exchanges[0].question.line][:_HEAD].lower().replace("’", "'")
    foot = text[max(exchanges[-1].answers[0].start, len(text) - _FOOT) :].lower().replace("’", "'")
    return bool(_NOTES.search(head) or _NOTES.search(foot))


def _one_line_each(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """The turns with questions parted from the answers on their lines, where most lines hold both."""
    if text.count("?") < _FEWEST_PLAIN:
        return []
    parted = split_questions(text, turns)
    both = len(parted) - len(turns)
    return parted if both >= _FEWEST_PLAIN and both * 2 >= sum(turn.is_text for turn in turns) else []


def _dashed(text: str, turns: Sequence[Turn]) -> list[Unmarked]:
    """Lines that begin with a dash and answer a line that ends with a question mark."""
    found = [
        Unmarked(turn.line, turn.end, None, RULE, marked=in_marks(text, turn))
        for before, turn in pairwise(turns)
        if turn.dashed and before.asks and not turn.asks
    ]
    return found if len(found) >= _FEWEST else []


def _quoted(text: str, turns: Sequence[Turn]) -> list[Unmarked]:
    """Answers in marks, each below its question, in a text that says whom it asks."""
    exchanges = [
        _Exchange(before, (turn,))
        for before, turn in pairwise(turns)
        if before.asks and not in_marks(text, before) and in_marks(text, turn)
    ]
    told = any(_INCISE.search(text, e.answers[0].start, e.answers[0].end) for e in exchanges)
    if len(exchanges) < _FEWEST or told or not _announced(text, exchanges):
        return []
    return [Unmarked(e.answers[0].line, e.answers[0].end, None, RULE, marked=True) for e in exchanges]
