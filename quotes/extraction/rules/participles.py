"""Participles and infinitives: *…, évoquant* « … », whoever acts in the clause."""

from __future__ import annotations

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import incise_subject
from quotes.extraction.mentions import Phrase, PhraseKind
from quotes.extraction.proper_names import PEOPLE
from quotes.extraction.subjects import BREAKS, attributed, main_subject, subject_before
from quotes.extraction.tokens import Kind

_PERCEIVED = frozenset({"entend", "entendait", "entendra", "voit", "voyait", "écoute"})
_OBJECT_AS_SUBJECT = {"les": "ils", "le": "il", "la": "elle", "l'": "il"}


def participle(carrier: Carrier, q: int) -> Attribution | None:
    """…, évoquant « … » / pour dénoncer « … » / avant d'ajouter : « … »: whoever acts in the clause."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or group.finite:
            continue
        between = tokens[group.last : q]
        if any(t.text in BREAKS for t in between) or group.verb is None:
            return None
        if group.mood == "past_participle":
            continue
        if len(between) > 12 and not any(t.text == ":" for t in between):
            continue
        source = source_of_participle(carrier, group)
        subject, pronoun = (source.phrase, source.pronoun) if source else (None, "")
        if subject is None and not pronoun:
            subject = main_subject(carrier, len(tokens))
            if subject is not None and subject.first < q:
                subject = None
        if (
            subject is None
            and not pronoun
            and any(t.kind is Kind.WORD for t in tokens[: max(0, group.first - 2)])
        ):
            return None
        # "Et de conclure : « … »", "Avant d'ajouter : « … »": whoever spoke last
        return attributed(carrier, "participle", group, subject, pronoun)
    return None


def source_of_participle(carrier: Carrier, group: VerbGroup) -> Attribution | None:
    """Who acts in a clause without a finite verb: "des passants saluant …", "…, a dit X, ajoutant …"."""
    tokens = carrier.tokens
    subject: Phrase | None = None
    pronoun = ""
    if group.mood == "present_participle" and group.first and tokens[group.first - 1].low != "en":
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.kind is not PhraseKind.PRONOUN and p.before == ","
            ),
            None,
        )
    if (
        group.mood == "infinitive"
        and group.first > 1
        and tokens[group.first - 1].low in _PERCEIVED
        and tokens[group.first - 2].low in _OBJECT_AS_SUBJECT
    ):
        # "On les entend s'écrier : « … »"
        return attributed(carrier, "participle", group, None, _OBJECT_AS_SUBJECT[tokens[group.first - 2].low])
    if group.mood == "infinitive" and group.first > 2:
        # "on entend un policier proférer : « … »"
        subject = next(
            (
                p
                for p in carrier.phrases
                if p.last == group.first and p.noun is not None and p.noun.kind in PEOPLE
            ),
            None,
        )
    if group.mood == "infinitive" and group.first > 1 and tokens[group.first - 1].low in ("de", "d'"):
        # "Et la maire de répondre : « … »"
        subject = next((p for p in carrier.phrases if p.last == group.first - 1 and p.first <= 1), None)
    others = (
        [g for g in reversed(carrier.verbs) if g.last <= group.first and g.finite] if subject is None else []
    )
    if others:
        incise = incise_subject(carrier, others[0])
        subject, pronoun = incise if incise is not None else (subject_before(carrier, others[0]), "")
    if subject is None and not pronoun:
        for other in carrier.verbs:
            if other.first >= group.last and other.finite:
                incise = incise_subject(carrier, other)
                if incise is not None:
                    subject, pronoun = incise
                    break
    if subject is None and not pronoun:
        subject = main_subject(carrier, group.first)
    return (
        attributed(carrier, "participle", group, subject, pronoun) if subject is not None or pronoun else None
    )
