"""Colons and topics: *Jeanne Roy n'en démord pas :* « … », without any verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.impersonal import is_on, place_of
from quotes.extraction.pairs import together
from quotes.extraction.phrases import Phrase, PhraseKind
from quotes.extraction.proper_names import SPEECH_NOUNS
from quotes.extraction.subjects import PLACED, bare, is_thing, main_subject, those_at, whole
from quotes.extraction.tokens import Token

_SPEAKING_KINDS = frozenset({"office", "trade", "relation", "organization"})
_SEVERAL = frozenset({"group", "description"})


def _text(carrier: Carrier, end: int) -> Phrase | None:
    """ "Le communiqué de X est bref :": a text speaks for itself."""
    for phrase in carrier.phrases:
        if phrase.first < end and phrase.noun is not None and phrase.noun.kind == "document":
            return phrase if bare(phrase, carrier.tokens) and phrase.determiner else None
    return None


def _speaks_from(tokens: Sequence[Token]) -> int:
    """Where it is said from whom the words come: "Du côté de | la préfecture :", "Et de | la maire X :"."""
    low = [t.low for t in tokens[:5]]
    at = 0
    if low[:1] == ["et"] or low[:1] == ["réaction"]:
        at = 1
    elif low[:2] in (["du", "côté"], ["de", "côté"]):
        at = 2
    elif low[:1] == ["côté"]:
        return 1
    if not at or len(low) <= at:
        return -1
    return at + 1 if low[at] in ("de", "d'") else at if low[at] in ("du", "des") else -1


def _topic(carrier: Carrier, end: int) -> Phrase | None:
    """ "Même son de cloche pour X :", "Même constat à la préfecture :", "Quant à X,", "Chez X :" """
    echoes = carrier.tokens[0].low in ("même", "idem")
    from_there = _speaks_from(carrier.tokens)
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        back = phrase.first - (1 if phrase.determiner in ("au", "aux") else 2)
        introduced = (
            phrase.before in ("pour", "chez")
            or (back >= 0 and carrier.tokens[back].low == "quant")
            or phrase.first == from_there
            or place_of(carrier.tokens, phrase)[1] == "côté"
            or (echoes and (phrase.before in PLACED or phrase.determiner in ("du", "au")))
        )
        speaks = phrase.noun is not None and (
            phrase.noun.kind in _SPEAKING_KINDS or (phrase.number == "p" and phrase.noun.kind in _SEVERAL)
        )
        if introduced and (speaks or phrase.kind is PhraseKind.NAME):
            return whole(carrier, k)
    return None


def colon(carrier: Carrier, q: int) -> Attribution | None:
    """X n'en démord pas : « … » — no verb of saying; who acts in the sentence speaks."""
    tokens = carrier.tokens
    if q == 0 or tokens[q - 1].text != ":":
        return None
    if q <= 4 and tokens[0].low in ("son", "sa", "leur") and any(t.low in SPEECH_NOUNS for t in tokens[1:q]):
        return Attribution(
            "colon_alone", None, "", (0, q), tokens[q - 2].low, weak=True
        )  # "Sa réponse : « … »"
    answered = any(g.done_to_subject and g.mood == "infinitive" and g.last == q - 1 for g in carrier.verbs)
    subject = None if answered else main_subject(carrier, q)  # "Luc Roy s'est entendu répondre : « … »"
    if is_on(subject):
        subject = those_at(carrier, None, subject) or subject  # "Chez les pompiers, on s'inquiète :"
    subject = subject or _agent(carrier, q) or _topic(carrier, q) or _text(carrier, q)
    acting = together(carrier, subject) if subject is not None else None
    return Attribution("colon_alone", acting, "", (q - 1, q), ":", weak=True)


def _agent(carrier: Carrier, end: int) -> Phrase | None:
    """ "Un message partagé par X :" """
    for k, phrase in enumerate(carrier.phrases):
        if phrase.before == "par" and 1 < phrase.first < end and not is_thing(phrase):
            participle = carrier.tokens[
                phrase.first - 2 - (phrase.determiner in ("le", "la", "l'", "les"))
            ].low
            if participle.endswith(
                ("é", "ée", "és", "ées", "i", "is", "it", "ie", "ies", "u", "us", "ue", "ues")
            ):
                return whole(carrier, k)
    return None
