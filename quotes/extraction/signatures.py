"""Lines that do nothing but name somebody: above the words as their heading, below them as their signature.

"Jeanne Roy, 62 ans ¶ « Le pont tremble. » ¶ Paul Roy (PRD) ¶ « Il tient. »", or the other way round. Which of
the two it is, the beginning of the row shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import Carrier, read_carrier
from quotes.extraction.classify import acts_in
from quotes.extraction.owners import WORDS_OF_SOMEBODY
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import Vocabulary, is_aged, is_first_name
from quotes.extraction.tokens import MARK, QUOTE, WORD, Sentence, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, is_finite_form
from quotes.model import ZoneKind

INTERVIEWS = word_class("interviews")
"""What leads to who answers: "Entretien avec | Jeanne Roy", "Trois questions à | Jeanne Roy"."""
LED_TO_BY_INTERVIEWS = frozenset({"avec", "de", "d'", "à"})
BEFORE_NAME = frozenset({"–", "—", "-", "("})
"""The signs that lead to the name of who signs: « … » | (Jeanne Roy)."""
_AFTER_NAME = frozenset({",", "(", "–", "—", "-", "|"})
_ENDS = frozenset({".", ")", "–", "—", "-"})
_ENDS_HEADING = frozenset({".", "–", "—", "-"})
_LONGEST_LINE = 20  # tokens
_LONGEST_ROW = 16  # sentences that are looked back at


def with_names(carriers: Sequence[Carrier], words: Vocabulary) -> list[Carrier]:
    """The carriers of a text, the lines that name somebody one sentence with the words that are his."""
    marked = [at for at, carrier in enumerate(carriers) if _is_marked(carrier)]
    joined: dict[int, Carrier] = {}
    gone: set[int] = set()
    for at in marked:
        line = _line_of(carriers, at)
        if line is None or line in gone:
            continue
        first, last = min(line, at), max(line, at)
        gone.update(range(first, last + 1))
        own = carriers[at].sentence
        tokens = tuple(_in_one(carriers[first : last + 1]))
        joined[at] = read_carrier(Sentence(tokens, own.zone, own.paragraph), words)
    return [joined.get(at, c) for at, c in enumerate(carriers) if at in joined or at not in gone]


def _in_one(carriers: Sequence[Carrier]) -> Iterator[Token]:
    """The tokens of lines that are read as one: a comma stands for a line end, a dash before a signature."""
    for k, carrier in enumerate(carriers):
        tokens = carrier.tokens
        marked = _is_marked(carrier)
        if k:
            before = carriers[k - 1].tokens[-1]
            signs = _is_marked(carriers[k - 1])
            if signs and tokens[0].text not in BEFORE_NAME:
                yield Token(before.end, before.end, "—", "—", MARK, False)
            elif not signs and not marked:
                yield Token(before.end, before.end, ",", ",", MARK, False)
        elif not marked:
            tokens = tokens[_name_in(carrier) or 0 :]
        heads = not marked and k + 1 < len(carriers)
        yield from tokens[:-1] if heads and tokens[-1].text in _ENDS_HEADING else tokens


def _line_of(carriers: Sequence[Carrier], at: int) -> int | None:
    """The number of the line above or below that names who says what fills the sentence ``at``."""
    above, heads = _line_above(carriers, at)
    if heads:
        return above
    return at + 1 if _names(carriers, at + 1) else None


def _line_above(carriers: Sequence[Carrier], at: int) -> tuple[int | None, bool]:
    """The line right above that names somebody, and whether such a line begins the row of them."""
    heads, nearest, k = False, None, at - 1
    while k >= max(0, at - _LONGEST_ROW):
        post = _is_post(carriers[k])
        named = not post and _names(carriers, k)
        if nearest is None and not post:
            nearest = k if named else -1
        if not (named or post or _is_marked(carriers[k])):
            break
        heads, k = named, k - 1
    return (nearest, heads) if nearest is not None and nearest >= 0 else (None, False)


def _names(carriers: Sequence[Carrier], k: int) -> bool:
    """Whether sentence ``k`` names somebody, and nothing but words in marks stands in its paragraph."""
    if not 0 <= k < len(carriers) or _name_in(carriers[k]) is None:
        return False
    own = carriers[k].sentence.paragraph
    beside = (n for n in (k - 1, k + 1) if 0 <= n < len(carriers))
    return all(carriers[n].sentence.paragraph != own or _is_marked(carriers[n]) for n in beside)


def _is_marked(carrier: Carrier) -> bool:
    """Whether a sentence has nothing but words in marks: « Le pont tremble. »"""
    tokens = carrier.tokens
    return (
        tokens[0].kind is not WORD  # as nearly all begin
        and all(t.kind in (QUOTE, MARK) for t in tokens)
        and any(t.kind is QUOTE for t in tokens)
    )


def _is_post(carrier: Carrier) -> bool:
    """Whether a line tells no more than what somebody is: "Boulangère à Brume"."""
    first = carrier.phrases[0] if carrier.phrases else None
    return (
        first is not None
        and not first.first
        and first.last == len(carrier.tokens)
        and first.kind is DESCRIPTION
        and not first.determiner
    )


def _name_in(carrier: Carrier) -> int | None:
    """Where the name begins in a line that says nothing else: "Léa Roy, 62 ans", "L'avis de | Léa Roy"."""
    tokens = carrier.tokens
    if len(tokens) > _LONGEST_LINE or not carrier.phrases or carrier.sentence.zone is ZoneKind.BYLINE:
        return None
    first = carrier.phrases[0]
    if first.first > 1 or (first.first and tokens[0].text not in BEFORE_NAME):
        return None
    if first.kind is NAME:
        at = first.first if is_person(carrier, first) else None
    else:
        at = _owner_in(carrier, first)
    return None if at is None or says_more(carrier, first.last) else at


def is_person(carrier: Carrier, name: Phrase) -> bool:
    """Whether a name is somebody's, and a mark or the end closes it."""
    tokens, end = carrier.tokens, name.last
    closed = end == len(tokens) or tokens[end].text in _AFTER_NAME or tokens[end].text in _ENDS
    called = is_first_name(tokens[name.first].text) and (name.has_full_name or is_aged(tokens, end))
    return closed and name.kind is NAME and not name.determiner and (called or bool(name.title))


def _owner_in(carrier: Carrier, phrase: Phrase) -> int | None:
    """Where the name begins in what somebody has to say: "L'avis de | Léa Roy", "Témoignage de | Léa Roy"."""
    if phrase.head not in WORDS_OF_SOMEBODY:
        return None
    inside = range(phrase.first + 1, phrase.last)
    return next(
        (k for k in inside if carrier.tokens[k].capital and is_first_name(carrier.tokens[k].text)), None
    )


def says_more(carrier: Carrier, after: int) -> bool:
    """Whether a line is a sentence, ends as a question or a lead does, or has words in marks of its own."""
    tokens = carrier.tokens
    inside = {k for p in carrier.phrases if p.kind is not PRONOUN for k in range(p.first, p.last)}
    return tokens[-1].text in (":", "?", "!") or any(
        t.kind is QUOTE
        or t.low in AUXILIARIES
        or (k not in inside and (acts_in(tokens, k, after, len(tokens)) or _is_verb(t.low)))
        for k, t in enumerate(tokens[after:], after)
    )


def _is_verb(low: str) -> bool:
    return is_finite_form(low) and not noun(low)
