"""Incises: « … », *a déclaré Jeanne Roy*, and the other clauses that a comma hangs on the words."""

from __future__ import annotations

from itertools import pairwise

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import incise_subject, is_written, subject_after
from quotes.extraction.nominal import SINGULAR_DETERMINERS
from quotes.extraction.phrases import NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import ADVERBS, CLITICS, CONTRACTED, FUNCTION_WORDS, PEOPLE, PREPOSITIONS
from quotes.extraction.rules.readings import read_in
from quotes.extraction.subjects import BREAKS, THAT, attributed
from quotes.extraction.tokens import QUOTE, WORD, Token
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

# An incise with a verb that no list knows may begin with these, and may not hold those.
_INCISE_OPENERS = CLITICS | frozenset({"a", "ont", "avait", "veut", "vient"})
_CLOSING = frozenset({",", ":"})
_BEFORE_COMPLEMENT = PREPOSITIONS | CONTRACTED
_NO_INCISE = frozenset(
    {"que", "qu'", "qui", "dont", "où", "et", "mais", "ou", "selon", "pour", "par", "avec", "dans"}
)


def incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », a déclaré mardi Jeanne Roy. / P « … » P, a-t-elle dit. / A, a dit Jeanne Roy, « … »"""
    return _incise_after(carrier, q) or _incise_before(carrier, q)


def _incise_after(carrier: Carrier, q: int) -> Attribution | None:
    for group in carrier.verbs:
        if group.first <= q:
            continue
        if not BREAKS.isdisjoint(carrier.lows[q + 2 : group.first]):
            return None
        written = is_written(group)
        where = read_in(carrier, group) if written or group.clitic == "on" else None
        if where is not None:
            return attributed(carrier, "read_in", group, where)
        if written and _follows(carrier, group, None, q):
            return attributed(carrier, "incise", group, None)
        subject = incise_subject(carrier, group)
        if subject is not None and _follows(carrier, group, subject[0], q):
            return attributed(carrier, "incise", group, *subject)
    return None


def _follows(carrier: Carrier, group: VerbGroup, subject: Phrase | None, q: int) -> bool:
    """Whether a verb with its subject behind it goes with the marks and not with a clause of its own."""
    between = carrier.tokens[q + 1 : group.first]
    if not between:
        # « Les Vagues » commence par …
        return subject is None or subject.first - group.last <= 3 or group.allows("strong")
    if len(between) == 1 or all(map(_is_slight, between)):
        return True
    before = between[-1]
    if group.verb is None or before.low in ("que", "qu'", "où"):
        return False
    if group.clitic:
        return before.kind is not WORD  # no question: "la crise va-t-elle … ?"
    that = any(t.low in THAT and p.kind is not QUOTE for p, t in pairwise(carrier.tokens[q : group.first]))
    return before.text == "," or not that


def _is_slight(token: Token) -> bool:
    """Whether a word parts an incise from its marks no more than a comma does."""
    return (
        token.kind is not WORD or token.low in ADVERBS or token.low.endswith("ment") or token.low in CLITICS
    )


def _incise_before(carrier: Carrier, q: int) -> Attribution | None:
    """The incise of the last verb before the marks: "A, a dit X, « … »"."""
    tokens = carrier.tokens
    group = next((g for g in reversed(carrier.verbs) if g.last <= q), None)
    if group is None or not group.finite or not group.first or tokens[group.first - 1].text != ",":
        return None
    subject = incise_subject(carrier, group)
    if subject is None or not (group.verb is None or group.allows("incise")):
        return None
    phrase, pronoun = subject
    if phrase is not None and phrase.last > q:
        return None  # the marks stand inside who speaks: "un porte-parole des « … », Jean Roy"
    between = carrier.lows[(phrase.last if phrase else group.last) : q]
    if not BREAKS.isdisjoint(between):
        return None
    closed = not _CLOSING.isdisjoint(between[:5]) or tokens[group.last].text in _CLOSING
    return attributed(carrier, "incise_before", group, phrase, pronoun) if closed or not between else None


def any_verb_incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », n'hésite pas à dire Jeanne Roy. / « … », l'interrompt le juge. — whatever the verb.

    Only small words and a verb may part the comma from the source, which a mark has to close.
    """
    tokens = carrier.tokens
    at = q + 2
    if at >= len(tokens) or tokens[q + 1].text != "," or tokens[at].kind is not WORD or tokens[at].capital:
        return None
    low = tokens[at].low
    if low not in _INCISE_OPENERS and (low in FUNCTION_WORDS or noun(low)):
        return None
    if low == "en" and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ant"):
        return None  # « … », en rencontrant Jeanne Roy
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first <= at:
            continue
        if phrase.before in _BEFORE_COMPLEMENT and tokens[phrase.first - 2].low not in FORMS:
            return None  # « … », drame de Jeanne Roy
        between = tokens[at : phrase.first]
        person = phrase.kind is NAME and (not phrase.determiner or phrase.noun is not None)
        described = (
            phrase.determiner in SINGULAR_DETERMINERS
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
        )
        closed = phrase.last >= len(tokens) or tokens[phrase.last].kind is not WORD
        plain = all(t.kind is WORD and not t.capital and t.low not in _NO_INCISE for t in between)
        if not (person or described) or not closed or not plain or len(between) > 6:
            return None
        verb = tokens[phrase.first - 1].low
        if noun(verb) and verb not in FORMS:
            return None
        if any(g.done_to_subject and g.last == phrase.first for g in carrier.verbs):
            return None  # « … », s'est entendu répondre Jeanne Roy
        return Attribution("incise_any", whole(carrier, k), "", (at, phrase.first), verb)
    return None


_SUCH = frozenset({"ainsi", "tel", "telle", "tels", "telles"})
_AS = _SUCH | {"comme"}


def as_they_say(carrier: Carrier, q: int) -> Attribution | None:
    """« … », comme le définissent certains experts / comme X le dit / tel que le prévoit l'article 3"""
    if _AS.isdisjoint(carrier.words):
        return None
    tokens = carrier.tokens
    at = q + 1
    while at < len(tokens) and (tokens[at].kind is QUOTE or tokens[at].low in (",", "ou", "et")):
        at += 1  # « A » ou « B », comme …
    if at + 3 < len(tokens) and tokens[at].low in _SUCH and tokens[at + 1].low in THAT:
        at += 1  # « … », ainsi que l'écrit X
    elif at + 2 >= len(tokens) or tokens[at].low != "comme":
        return None
    group = next((g for g in carrier.verbs if at < g.first <= at + 8 and g.finite), None)
    if group is None or group.verb is None:
        # a verb that no list knows, with the words as its object: "comme certains le définissent"
        k = next((k for k, p in enumerate(carrier.phrases) if p.first == at + 1), None)
        if k is not None and tokens[min(carrier.phrases[k].last, len(tokens) - 1)].low in (
            "le",
            "la",
            "l'",
            "les",
        ):
            return Attribution("as_said", whole(carrier, k), "", (at, at + 1), "comme")
        return None
    if group.clitic:
        return attributed(carrier, "as_said", group, None, group.clitic)
    k = next(
        (
            k
            for k, p in enumerate(carrier.phrases)
            if p.first == at + 1 or (p.first == group.last and p.kind is not PRONOUN)
        ),
        None,
    )
    if k is None:
        subject = subject_after(carrier, group)  # "comme le reconnaîtra elle-même X"
        return attributed(carrier, "as_said", group, subject) if subject is not None else None
    return attributed(carrier, "as_said", group, whole(carrier, k)) if k is not None else None
