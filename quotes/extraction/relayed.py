"""Who passes on what another said: *Léa Blanc raconte que son père répétait :* « … ».

The words are his of whom it is told. A weaker verb in the clause ("X estime que Y a commis « … »") leaves
them to who tells it; see :func:`quotes.extraction.rules.frames.frame`.
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.extraction.carrier import Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.subjects import BREAKS, THAT, is_thing, subject_before, whole
from quotes.french.grammar import word_class

_WORDING = word_class("verbs_that_word")
_WISHING = word_class("verbs_of_wishing")
_ACCORDING = frozenset({"selon", "après"})
_NEGATIONS = frozenset({"ne", "n'"})
_UTTERS = word_class("verbs_of_uttering_words")
_QUALIFYING = frozenset({"de", "d'", "comme"})


def passing_on(carrier: Carrier, q: int) -> Iterator[Phrase]:
    """Who passes on the words at token ``q``, which somebody else said, as his sentence shows."""
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
