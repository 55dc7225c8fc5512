"""A sentence as attribution reads it: its phrases, its verbs of saying, and who is apposed to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from quotes.extraction.appositions import appositions_in, opens_clause
from quotes.extraction.bare_posts import is_predicated, lead_of_post
from quotes.extraction.cues import VerbGroup, find_verbs
from quotes.extraction.mentions import find_phrases
from quotes.extraction.phrases import DESCRIPTION, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    PEOPLE,
    Vocabulary,
)
from quotes.extraction.tokens import QUOTE, Sentence, Token, is_inclusive
from quotes.extraction.value import unique, value

IN_LISTS = frozenset({",", "et", "ou", "ni", ";", "puis", "/"})  # between the parts of a list


@value
class Attribution:
    """A source for one quotation, as the carrier gives it.

    ``phrase`` is the source, or ``None`` where only the clitic (``pronoun``) names it. ``cue`` is
    the half-open range of token indices of the cue, ``lemma`` its verb or preposition.
    """

    rule: str
    phrase: Phrase | None
    pronoun: str = ""
    cue: tuple[int, int] | None = None
    lemma: str = ""
    weak: bool = False
    agreement: str = ""  # the gender that the verb's participle shows: "s'est souvenue"


@unique
class Carrier:
    """A carrier with all that was read in it: phrases, verb groups, appositions. Each is itself only."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    verbs: tuple[VerbGroup, ...]
    # the description at this index in ``phrases`` is apposed to the name at that one
    appositions: dict[int, int]
    tokens: tuple[Token, ...] = field(init=False, repr=False)
    """The carrier's tokens, those of its sentence."""
    lows: tuple[str, ...] = field(init=False, repr=False)
    """Its words in lower case and its marks in order; "«»" is a quotation."""
    words: frozenset[str] = field(init=False, repr=False)
    """The same without order: what a rule asks for first."""
    marked: tuple[int, ...] = field(init=False, repr=False)
    """Which of its tokens are quotations."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tokens", self.sentence.tokens)
        lows = tuple([t.low for t in self.tokens])
        object.__setattr__(self, "lows", lows)
        words = frozenset(lows)
        object.__setattr__(self, "words", words)
        marked = tuple([k for k, low in enumerate(lows) if low == "«»"]) if "«»" in words else ()
        object.__setattr__(self, "marked", marked)


def list_head(tokens: Sequence[Token], position: int) -> int:
    """Where the list begins of which a span is a part: « A », « B » et « C »."""
    at = position
    while at > 1 and tokens[at - 1].low in IN_LISTS and tokens[at - 2].kind is QUOTE:
        at -= 2
    return at


def list_tail(tokens: Sequence[Token], position: int) -> int:
    """Where the last span of the list stands of which one is a part."""
    at = position
    while at + 2 < len(tokens) and tokens[at + 1].low in IN_LISTS and tokens[at + 2].kind is QUOTE:
        at += 2
    return at


_STRESSING = frozenset({"elle", "elles"})


def read_carrier(sentence: Sentence, words: Vocabulary) -> Carrier:
    """Find the phrases, the verbs of saying and the appositions of a carrier."""
    tokens = sentence.tokens
    phrases = [_gender_open(tokens, phrase) for phrase in find_phrases(tokens, words)]
    if not _STRESSING.isdisjoint([p.head for p in phrases]):
        phrases = [p for k, p in enumerate(phrases) if not _stresses(tokens, phrases, k)]
    verbs = tuple(find_verbs(tokens))
    return Carrier(sentence, tuple(phrases), verbs, appositions_in(tokens, phrases, _subjects_behind(verbs)))


def _subjects_behind(verbs: Sequence[VerbGroup]) -> frozenset[int]:
    """Where one subject begins that its verb of saying stands before: "« … », a dit | le maire"."""
    return frozenset(v.last for v in verbs if v.finite and v.number == "s" and not v.clitic)


def _stresses(tokens: Sequence[Token], phrases: Sequence[Phrase], k: int) -> bool:
    """Whether "elle" only stresses who acts: "La direction, | elle, refuse"; it means nobody else."""
    pronoun = phrases[k]
    if pronoun.head not in _STRESSING or pronoun.kind is not PRONOUN or pronoun.before != ",":
        return False
    return (
        pronoun.last < len(tokens)
        and tokens[pronoun.last].text == ","
        and any(
            opens_clause(actor)
            and actor.kind is not PRONOUN
            and actor.number == pronoun.number
            and actor.gender in (None, pronoun.gender)
            for actor in phrases[:k]
        )
    )


def _gender_open(tokens: Sequence[Token], phrase: Phrase) -> Phrase:
    """Inclusive writing tells no gender: "un·e élève", "la directeur·rice"."""
    if phrase.gender is None or phrase.title:
        return phrase
    first = tokens[phrase.first]
    second = tokens[phrase.first + 1] if phrase.last - phrase.first > 1 else first
    if len(first.text) == len(first.low) and len(second.text) == len(second.low):
        return phrase  # nearly all: an inclusive word is longer than its masculine
    inclusive = is_inclusive(first) or is_inclusive(second)
    return replace(phrase, gender=None) if inclusive else phrase


_BESIDE_WHO_ACTS = ((",", "lui", ","), (",", "elle", ","))


def verb_of(carrier: Carrier, k: int) -> int:
    """Where the verb of the phrase ``k`` may stand: "X | est", "X, qui | est", "X, lui, | est"."""
    at = carrier.phrases[k].last
    following = carrier.lows[at : at + 3]
    if following in _BESIDE_WHO_ACTS:
        return at + 3
    if following[:2] == (",", "qui"):
        return at + 2
    return at + (following[:1] == ("qui",))


def joined_post(carrier: Carrier, k: int) -> Phrase | None:
    """The post that a second verb gives who opens the sentence: "X a 54 ans et est | guide à Brume"."""
    if carrier.phrases[k].first:
        return None
    for phrase in carrier.phrases[k + 1 :]:
        if phrase.determiner or phrase.kind is not DESCRIPTION:
            return None
        lead = lead_of_post(carrier.tokens, phrase.first)
        if lead < phrase.first and carrier.tokens[lead - 1].low == "et":
            return predicated_post(carrier, lead)
    return None


def predicated_post(carrier: Carrier, at: int) -> Phrase | None:
    """The post that the verb at ``at`` gives its subject: "est boulangère à X", "travaille comme guide"."""
    tokens = carrier.tokens
    if at + 1 >= len(tokens) or not is_predicated(tokens, at):
        return None
    for phrase in carrier.phrases:
        if phrase.first <= at:
            continue
        if lead_of_post(tokens, phrase.first) != at:
            break
        if (
            phrase.kind is DESCRIPTION
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
            and phrase.post is not None
            and phrase.determiner in _OF_PREDICATES
        ):
            return phrase
    return None


_OF_PREDICATES = frozenset({"", "le", "la", "l'", "un", "une", "son", "sa"})


def whole(carrier: Carrier, k: int) -> Phrase:
    """The phrase, or the name that it is apposed to."""
    other = carrier.appositions.get(k)
    return carrier.phrases[k] if other is None else carrier.phrases[other]


def joined(carrier: Carrier, k: int) -> bool:
    """Whether the phrase is the second of two that share a plural verb: "A et B ont dit"."""
    return k > 0 and carrier.phrases[k].before == "et"
