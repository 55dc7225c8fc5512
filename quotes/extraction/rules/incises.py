"""Incises: « … », *a déclaré Jeanne Roy*, and the other clauses that a comma hangs on the words."""

from __future__ import annotations

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.mentions import Phrase, PhraseKind
from quotes.extraction.nominal import (
    SINGULAR_DETERMINERS,
)
from quotes.extraction.proper_names import (
    ADVERBS,
    CLITICS,
    CONTRACTED,
    FUNCTION_WORDS,
    PEOPLE,
    PREPOSITIONS,
)
from quotes.extraction.subjects import (
    BREAKS,
    THAT,
    attributed,
    incise_subject,
    subject_after,
    subject_before,
    whole,
)
from quotes.extraction.tokens import Kind
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

# An incise with a verb that no list knows may begin with these, and may not hold those.
_INCISE_OPENERS = CLITICS | frozenset({"a", "ont", "avait", "veut", "vient"})
_NO_INCISE = frozenset(
    {"que", "qu'", "qui", "dont", "où", "et", "mais", "ou", "selon", "pour", "par", "avec", "dans"}
)


def read_in(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Where "on" read or heard it: "peut-on lire dans le rapport", "on lit sur l'affiche que"."""
    if group.verb is None or group.verb.head not in ("lire", "entendre", "voir"):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= group.last and phrase.before in ("dans", "sur"):
            return whole(carrier, k)
    return None


def incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », a déclaré mardi Jeanne Roy. / P « … » P, a-t-elle dit."""
    tokens = carrier.tokens
    for group in carrier.verbs:
        if group.first <= q:
            continue
        between = tokens[q + 1 : group.first]
        if any(t.text in BREAKS and j > 0 for j, t in enumerate(between)):
            break
        if group.clitic == "on":
            where = read_in(carrier, group)
            if where is not None:
                return attributed(carrier, "read_in", group, where)
        subject = incise_subject(carrier, group)
        if subject is None:
            continue
        adjacent = len(between) <= 1 or all(
            t.kind is not Kind.WORD or t.low in ADVERBS or t.low.endswith("ment") or t.low in CLITICS
            for t in between
        )
        if not adjacent and group.verb is None:
            continue
        if not adjacent and tokens[group.first - 1].low in ("que", "qu'", "où"):
            continue
        if not adjacent and group.clitic and tokens[group.first - 1].kind is Kind.WORD:
            continue  # a question: "la crise va-t-elle … ?"
        if (
            any(t.low in THAT and tokens[q + 1 + j - 1].kind is not Kind.QUOTE for j, t in enumerate(between))
            and not adjacent
            and group.clitic == ""
            and tokens[group.first - 1].text != ","
        ):
            continue
        phrase, pronoun = subject
        if (
            not between
            and phrase is not None
            and phrase.first - group.last > 3
            and not group.allows("strong")
        ):
            continue  # « Les Vagues » commence par …
        return attributed(carrier, "incise", group, phrase, pronoun)
    # the incise stands before: "A, a dit X, « … »"
    for group in reversed(carrier.verbs):
        if group.last > q:
            continue
        if group.first and tokens[group.first - 1].text == "," and group.finite:
            subject = incise_subject(carrier, group)
            if subject is not None and (group.verb is None or group.allows("incise")):
                phrase, pronoun = subject
                if phrase is not None and phrase.last > q:
                    break  # the marks stand inside who speaks: "un porte-parole des « … », Jean Roy"
                between = tokens[(phrase.last if phrase else group.last) : q]
                if any(t.text in BREAKS for t in between):
                    break
                closed = any(t.text in (",", ":") for t in between[:5])
                if not between or closed or tokens[group.last].text in (",", ":"):
                    return attributed(carrier, "incise_before", group, phrase, pronoun)
        break
    return None


def any_verb_incise(carrier: Carrier, q: int) -> Attribution | None:
    """« … », n'hésite pas à dire Jeanne Roy. / « … », l'interrompt le juge. — whatever the verb.

    Only small words and a verb may part the comma from the source, which a mark has to close.
    """
    tokens = carrier.tokens
    at = q + 2
    if (
        at >= len(tokens)
        or tokens[q + 1].text != ","
        or tokens[at].kind is not Kind.WORD
        or tokens[at].capital
    ):
        return None
    low = tokens[at].low
    if low not in _INCISE_OPENERS and (low in FUNCTION_WORDS or noun(low)):
        return None
    if low == "en" and at + 1 < len(tokens) and tokens[at + 1].low.endswith("ant"):
        return None  # « … », en rencontrant Jeanne Roy
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first <= at:
            continue
        if phrase.before in PREPOSITIONS | CONTRACTED and tokens[phrase.first - 2].low not in FORMS:
            return None  # « … », drame de Jeanne Roy
        between = tokens[at : phrase.first]
        person = phrase.kind is PhraseKind.NAME and (not phrase.determiner or phrase.noun is not None)
        described = (
            phrase.determiner in SINGULAR_DETERMINERS
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
        )
        closed = phrase.last >= len(tokens) or tokens[phrase.last].kind is not Kind.WORD
        plain = all(t.kind is Kind.WORD and not t.capital and t.low not in _NO_INCISE for t in between)
        if not (person or described) or not closed or not plain or len(between) > 6:
            return None
        verb = tokens[phrase.first - 1].low
        if noun(verb) and verb not in FORMS:
            return None
        return Attribution("incise_any", whole(carrier, k), "", (at, phrase.first), verb)
    return None


def name_then_verb(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy déclare. / « … » : c'est ce qu'a déclaré Jeanne Roy."""
    tokens = carrier.tokens
    if q <= 1 and q + 1 < len(tokens) and tokens[q + 1].text in (",", ".", "–", "—", ":"):
        for group in carrier.verbs:
            if (
                group.first <= q + 1
                or not group.finite
                or group.verb is None
                or not group.allows("incise", "strong")
            ):
                continue
            if any(t.kind is Kind.QUOTE for t in tokens[q + 1 : group.last + 1]) or group.first - q > 25:
                break
            following = tokens[group.last] if group.last < len(tokens) else None
            if following is not None and (following.low in THAT or following.text == ":"):
                break
            if group.passive:
                continue
            subject = subject_before(carrier, group, lowest=q + 1)
            if subject is not None and not any(t.low in THAT for t in tokens[q + 1 : group.first]):
                return attributed(carrier, "name_verb", group, subject)
            if tokens[group.first - 1].low in ("qu'", "que") and any(
                t.low == "ce" for t in tokens[q + 1 : group.first]
            ):
                after = subject_after(carrier, group)
                if after is not None:
                    return attributed(carrier, "cleft", group, after)
            break
    return None


def as_they_say(carrier: Carrier, q: int) -> Attribution | None:
    """« … », comme le définissent certains experts / comme X le dit"""
    tokens = carrier.tokens
    at = q + 1
    while at < len(tokens) and (tokens[at].kind is Kind.QUOTE or tokens[at].low in (",", "ou", "et")):
        at += 1  # « A » ou « B », comme …
    if at + 3 < len(tokens) and tokens[at].low == "ainsi" and tokens[at + 1].low in THAT:
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
            if p.first == at + 1 or (p.first == group.last and p.kind is not PhraseKind.PRONOUN)
        ),
        None,
    )
    if k is None:
        subject = subject_after(carrier, group)  # "comme le reconnaîtra elle-même X"
        return attributed(carrier, "as_said", group, subject) if subject is not None else None
    return attributed(carrier, "as_said", group, whole(carrier, k)) if k is not None else None
