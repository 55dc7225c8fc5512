"""Those who are one source together: "Jeanne Roy et Paul Roy", "le maire et son adjointe", "la CGT et FO"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.extraction.carrier import Carrier
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.proper_names import CLITICS, CONTRACTED, PEOPLE, PREPOSITIONS, is_aged
from quotes.extraction.tokens import WORD, Token, printed
from quotes.french.nouns import Noun
from quotes.french.verbs import AUXILIARIES, FORMS, is_finite_form

_LONGEST_BRACKET = 8  # tokens of "(PS, Landes)"
_SOURCES = PEOPLE | {"group", "organization"}
_BY = frozenset({"par", "selon", "pour", "chez", "de", "d'", "après", "entre"})


def together(carrier: Carrier, phrase: Phrase) -> Phrase:
    """The phrase, or all of whom it is one: "Jeanne Roy et Paul Roy | disent", "selon | Léa Roy et sa fille".

    Of names all that a list holds: "Jeanne, Paul et Léa".
    """
    if "et" not in carrier.words or not _may_be_one_of_two(phrase):
        return phrase
    phrase = _last_of_list(carrier, phrase)
    for other in carrier.phrases:
        if other is phrase or not _may_be_one_of_two(other):
            continue
        first, second = (other, phrase) if other.first < phrase.first else (phrase, other)
        apposed = _joined_with_posts(carrier, first, second)
        if (apposed or _joined_by_and(carrier.tokens, first, second)) and _are_one(carrier, first, second):
            return _both(carrier, first, second, apposed)
    return phrase


def named_together(carrier: Carrier, phrase: Phrase) -> Phrase:
    """The phrase, or all the names of which it is one, where no verb tells how many: "selon X et Y"."""
    pair = together(carrier, phrase)
    return pair if pair.kind is NAME else phrase


def both_names(first: Phrase, second: Phrase) -> Phrase:
    """The names of two who act together, as one source."""
    return replace(first, last=second.last, name=None, post=None, number="p", gender=None)


def is_name_alone(phrase: Phrase) -> bool:
    """Whether a phrase is a name and nothing else: "Jeanne Roy", not "la maire Jeanne Roy"."""
    return phrase.kind is NAME and phrase.name is not None and phrase.noun is None


def _both(carrier: Carrier, first: Phrase, second: Phrase, apposed: bool) -> Phrase:
    """Two as one source."""
    names = first.kind is NAME is second.kind
    if names and apposed:
        worded = " et ".join(printed(carrier.tokens, p.first, p.last) for p in (first, second))
        return replace(both_names(first, second), worded=worded)
    if names and first.noun is None:
        return replace(both_names(first, second), first=_list_start(carrier, first.first))
    heads = f"{first.head} et {second.head}"
    return replace(
        first, last=second.last, kind=DESCRIPTION, head=heads,
        noun=Noun(heads, "group", None, "p"), name=None, post=None, number="p", gender=None,
        parts=(first, second),
    )  # fmt: skip


def _may_be_one_of_two(phrase: Phrase) -> bool:
    if phrase.kind is NAME:
        return phrase.name is not None
    described = phrase.kind is DESCRIPTION and phrase.noun is not None
    return described and bool(phrase.determiner) and phrase.noun is not None and phrase.noun.kind in _SOURCES


def _are_one(carrier: Carrier, first: Phrase, second: Phrase) -> bool:
    """Whether nothing shows that the second begins a clause of its own: "a dit X et | Y a répondu"."""
    tokens = carrier.tokens
    if second.determiner in CONTRACTED and first.determiner not in CONTRACTED:
        return False  # "chez les élus et | au gouvernement"
    if any(g.last == first.first and g.finite and g.number == "s" for g in carrier.verbs):
        return False  # "« … », a dit X et …"
    at = _reach(carrier, second)[1]
    while at < len(tokens) and tokens[at].low in CLITICS:
        at += 1
    if at >= len(tokens) or tokens[at].kind is not WORD:
        return True
    if first.before in _BY or first.determiner in ("du", "des"):
        return True
    return not is_finite_form(tokens[at].low) or _is_plural(tokens[at].low)


def _is_plural(low: str) -> bool:
    """Whether a finite form is of several: "disent", "ont"."""
    forms = FORMS.get(low, ())
    several = any(f.number == "p" for f in forms) if forms else low.endswith(("ent", "ont"))
    return several or (low in AUXILIARIES and low.endswith(("nt",)))


def _joined_by_and(tokens: Sequence[Token], first: Phrase, second: Phrase) -> bool:
    """Whether "et" alone parts two phrases, but for an age or a bracket: "Jeanne Roy (PS) et | Paul Roy"."""
    at = first.last
    if at < len(tokens) and tokens[at].text == "(":
        inside = tokens[at : at + _LONGEST_BRACKET]
        end = next((k for k, t in enumerate(inside) if t.text == ")"), 0)
        at += end + 1 if end and all(t.low not in PREPOSITIONS for t in inside[:end]) else 0
    elif is_aged(tokens, at):
        at += 3 + (tokens[at + 3].text == ",")
    return at + 1 == second.first and tokens[at].low == "et"


def _joined_with_posts(carrier: Carrier, first: Phrase, second: Phrase) -> bool:
    """Whether "et" parts two with what is apposed to them: "Léa Roy, maire, et Paul Roy, préfet, | ont"."""
    if not carrier.appositions:
        return False
    (_, at), (start, end) = _reach(carrier, first), _reach(carrier, second)
    if (at, start, end) == (first.last, second.first, second.last) or start < at:
        return False
    return carrier.lows[at:start] in (("et",), (",", "et"))


def _reach(carrier: Carrier, phrase: Phrase) -> tuple[int, int]:
    """Where a phrase begins and ends with what is apposed to it."""
    posts = [carrier.phrases[d] for d, n in carrier.appositions.items() if carrier.phrases[n] is phrase]
    if not posts:
        return phrase.first, phrase.last
    return min([phrase.first, *(p.first for p in posts)]), max([phrase.last, *(p.last for p in posts)])


def _last_of_list(carrier: Carrier, phrase: Phrase) -> Phrase:
    """The last but one of a list of names that a name opens: "| Jeanne, Paul | et Léa"."""
    if not is_name_alone(phrase):
        return phrase
    last = phrase
    for other in carrier.phrases:
        joined = other.first == last.last + 1 and carrier.tokens[last.last].text == ","
        if joined and is_name_alone(other):
            last = other
    closed = any(_joined_by_and(carrier.tokens, last, p) and is_name_alone(p) for p in carrier.phrases)
    return last if closed else phrase


def _list_start(carrier: Carrier, at: int) -> int:
    """Where a list of names begins whose last one but one stands at ``at``: "| Jeanne, Paul | et Léa"."""
    for phrase in reversed(carrier.phrases):
        joined = phrase.last + 1 == at and carrier.tokens[phrase.last].text == ","
        if joined and phrase.kind is NAME and (phrase.noun is None or phrase.number == "p"):
            at = phrase.first  # "Jeanne, …", "Les députés Jeanne Roy, …"
    return at
