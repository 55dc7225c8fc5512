"""Passives: *jugé* « … » *par Jeanne Roy*, *le* « … » *dénoncé par Jeanne Roy*."""

from __future__ import annotations

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import Phrase
from quotes.extraction.proper_names import ADVERBS, FUNCTION_WORDS
from quotes.extraction.subjects import BREAKS, attributed, end_of_apposed
from quotes.extraction.tokens import MARK, WORD, Token

_BREAKS_OR_COLON = BREAKS | {":"}
_AS = frozenset({"de", "d'", "comme", "être"})
_ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une", "des"})
_LONGEST_INSERTION = 4  # tokens: "« … », | si souvent | dénoncé", "dénoncé | lundi à Brume | par Jeanne Roy"


def done_by_another(carrier: Carrier, group: VerbGroup, q: int) -> bool:
    """Whether the verb before the marks has its agent beside them: "un choix jugé « … » par X".

    Or between both: "une réforme qualifiée par X de « … »".
    """
    if not group.passive or group.verb is None:
        return False
    return any(
        phrase.before == "par" and (phrase.first == q + 2 or _is_agent_before(carrier, group, phrase, q))
        for phrase in carrier.phrases
    )


def _is_agent_before(carrier: Carrier, group: VerbGroup, phrase: Phrase, q: int) -> bool:
    """Whether a phrase behind "par" stands between participle and marks: "vécue | par X | comme « … »"."""
    at = phrase.first - 1
    lead = carrier.tokens[q - 1 - (carrier.tokens[q - 1].low in _ARTICLES)].low  # "d'être | la « … »"
    return (
        group.allows("qualify")
        and lead in _AS
        and at >= group.last
        and phrase.last <= q
        and at - group.last <= _LONGEST_INSERTION
        and q - phrase.last <= _LONGEST_INSERTION
        and _BREAKS_OR_COLON.isdisjoint(carrier.lows[group.last : q])
    )


def passive(carrier: Carrier, q: int) -> Attribution | None:
    """Jugé « … » par X / qualifié de « … » par X / un projet « … », cité par X"""
    for group in reversed(carrier.verbs):
        if group.last > q or not group.passive or group.verb is None:
            continue
        if q - group.last > 10 or not BREAKS.isdisjoint(carrier.lows[group.last : q]):
            return None
        for k, phrase in enumerate(carrier.phrases):
            if phrase.before == "par" and phrase.first > group.last and phrase.first - q < 8:
                if phrase.last <= q and not _leads_on(carrier, k, q):
                    continue
                if BREAKS.isdisjoint(carrier.lows[min(q, phrase.first) + 1 : max(q, phrase.first)]):
                    return attributed(carrier, "passive", group, whole(carrier, k))
        return None
    return None


def _leads_on(carrier: Carrier, k: int, q: int) -> bool:
    """Whether an agent before the marks, with all that is apposed to it, goes on to them.

    "qualifié par Léa Roy | de « … »", "accusé par Léa Roy, la maire, | d'être « … »".
    """
    tokens = carrier.tokens
    end = end_of_apposed(carrier, k)
    end += end < q and end > carrier.phrases[k].last and tokens[end].text == ","
    if end < q and tokens[end].kind is WORD and tokens[end].low not in FUNCTION_WORDS:
        return False  # "Le texte critiqué par Léa Roy | impose « … »"
    return q - end <= _LONGEST_INSERTION and all(t.text != "," for t in tokens[end:q])


def by_agent(carrier: Carrier, q: int) -> Attribution | None:
    """Le « … » dénoncé par X / Face à une « … », pointée mardi par X, la mairie …"""
    tokens = carrier.tokens
    group = next((g for g in carrier.verbs if g.first > q), None)
    if group is None or group.verb is None or group.mood != "past_participle" or not group.passive:
        return None
    if group.first - q > _LONGEST_INSERTION or not all(map(_is_slight, tokens[q + 1 : group.first])):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first < group.last or phrase.before != "par":
            continue
        between = tokens[group.last : phrase.first - 1]
        if len(between) > _LONGEST_INSERTION or any(t.kind is MARK for t in between):
            return None
        return attributed(carrier, "by_agent", group, whole(carrier, k))
    return None


def _is_slight(token: Token) -> bool:
    """Whether a word may part the marks from a participle that goes with them: "« … », | tant | décrié"."""
    return token.text == "," or token.low in ADVERBS or token.low.endswith("ment")
