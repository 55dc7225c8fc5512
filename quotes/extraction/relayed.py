"""Who passes on what another said: *Léa Blanc raconte que son père répétait :* « … ».

The words are his of whom it is told. A weaker verb in the clause ("X estime que Y a commis « … »") leaves
them to who tells it; see :func:`quotes.extraction.rules.frames.frame`.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.extraction.carrier import Carrier, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.subjects import BREAKS, THAT, is_thing, main_subject, subject_before
from quotes.french.grammar import word_class

_WORDING = word_class("verbs_that_word")
_WISHING = word_class("verbs_of_wishing")
_ACCORDING = frozenset({"selon", "après"})
_NEGATIONS = frozenset({"ne", "n'"})
_UTTERS = word_class("verbs_of_uttering_words")
_WHICH = frozenset({"laquelle", "lequel", "lesquelles", "lesquels"})
_RUMOURS = word_class("nouns_of_rumours")
_NOUN = 8  # tokens before "selon laquelle": "une | campagne | de désinformation en 2022,"
_ONE = frozenset({"un", "une"})
_QUALIFYING = frozenset({"de", "d'", "comme"})


def passing_on(carrier: Carrier, q: int) -> Iterator[Phrase]:
    """Who passes on the words at token ``q``, which somebody else said, as his sentence shows."""
    yield from _around_source(carrier, q)
    yield from _around_rumour(carrier, q)
    inner = next((g for g in reversed(carrier.verbs) if g.last <= q and (g.verb or g.clitic)), None)
    if inner is None or not _utters(carrier, inner, q):
        return
    speaker = subject_before(carrier, inner)
    pronoun = speaker is not None and speaker.kind is PRONOUN
    if speaker is None or is_thing(speaker) or (pronoun and not speaker.head.endswith("-ci")):
        return
    for k, phrase in enumerate(carrier.phrases):
        source = whole(carrier, k)
        if phrase.before in _ACCORDING and phrase.last <= q and source != speaker:
            yield source
    telling = _teller(carrier, speaker)
    if telling is not None and telling != speaker:
        yield telling


def _around_source(carrier: Carrier, q: int) -> Iterator[Phrase]:
    """Who tells what stands before the marks with a source of its own: "X ajoute que, | selon Y, | « … »"."""
    if _ACCORDING.isdisjoint(carrier.words):
        return
    for phrase in carrier.phrases:
        if phrase.before not in _ACCORDING or phrase.last > q or phrase.kind is PRONOUN:
            continue
        between = carrier.lows[phrase.last : q]
        telling = (
            _teller(carrier, phrase) if BREAKS.isdisjoint(between) and THAT.isdisjoint(between) else None
        )
        if telling is not None:
            yield telling


def _around_rumour(carrier: Carrier, q: int) -> Iterator[Phrase]:
    """Who tells of what is rumoured: "X dément | la rumeur | selon laquelle le maire « … »"."""
    if _ACCORDING.isdisjoint(carrier.words) or _WHICH.isdisjoint(carrier.words):
        return
    lows = carrier.lows
    at = next((k for k in range(q - 1, 0, -1) if lows[k] in _WHICH and lows[k - 1] in _ACCORDING), 0)
    if at and BREAKS.isdisjoint(lows[at:q]) and not _RUMOURS.isdisjoint(lows[max(0, at - _NOUN) : at]):
        telling = main_subject(carrier, at)
        if telling is not None:
            yield telling


def _utters(carrier: Carrier, group: VerbGroup, q: int) -> bool:
    """Whether a verb right before the marks gives somebody's words, and no more than a part of a sentence."""
    if not group.finite or group.passive or group.person != 3 or group.verb is None or group.clitic:
        return False
    lead = _without_insertion(carrier.lows[group.last : q])
    if not BREAKS.isdisjoint(lead) or "«»" in lead:
        return False
    if group.first and carrier.lows[group.first - 1] in _NEGATIONS:
        return False
    verb = group.verb.head
    if lead[-1:] == (":",):
        return group.allows("strong") or verb in _UTTERS
    if len(lead) == 1 and lead[0] in THAT:
        return group.allows("strong") or verb in _UTTERS
    if lead and lead[-1] in _ONE:
        lead = lead[:-1]  # "parle d'un « … »"
    if lead and lead[-1] in _QUALIFYING:
        return verb in _WORDING
    return not lead and verb in _UTTERS


def _without_insertion(lead: tuple[str, ...]) -> tuple[str, ...]:
    """What leads on but for what commas enclose: "affirme|, selon l'historienne, | que"."""
    if lead[:1] != (",",) or "," not in lead[1:]:
        return lead
    return lead[len(lead) - lead[::-1].index(",") :]


def _teller(carrier: Carrier, speaker: Phrase) -> Phrase | None:
    """Who tells what a clause says whose subject is given: "X | raconte que | son père répétait"."""
    for group in reversed(carrier.verbs):
        if group.last > speaker.first:
            continue
        between = carrier.lows[group.last : speaker.first]
        if THAT.isdisjoint(between) or not group.finite or group.verb is None or not group.allows("que"):
            continue
        if group.verb.head in _WISHING or not BREAKS.isdisjoint(between) or "«»" in between:
            return None
        return subject_before(carrier, group)
    return None
