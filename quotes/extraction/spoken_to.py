"""Who says nothing, though he acts: to whom it is said, or who brings in another's words.

"Elle s'est vu répondre : « … »", « … », *s'entend dire Jeanne Roy*, "X a cité Y : « … »".
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.extraction.carrier import Carrier
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import subject_after
from quotes.extraction.phrases import Phrase
from quotes.extraction.relayed import passing_on
from quotes.extraction.rules.citing import is_received, words_of_another
from quotes.extraction.subjects import BREAKS, main_subject, subject_before
from quotes.extraction.tokens import QUOTE
from quotes.french.verbs import is_infinitive_form

_LONGEST_LEAD = 8  # tokens from the verb to the marks: "répondre | par le guichetier :"
_LONGEST_INCISE = 7  # tokens from the marks to the verb: "|, s'est-elle alors entendu | répondre"


def silent_at(carrier: Carrier, q: int) -> Iterator[Phrase | str]:
    """Who acts beside the words at token ``q`` and is no source of them, as a phrase or a clitic."""
    for group in carrier.verbs:
        if group.done_to_subject and is_infinitive_form(carrier.lows[group.last - 1]):
            if 0 <= q - group.last <= _LONGEST_LEAD and _leads(carrier, group, q):
                subject = subject_before(carrier, group)
                if subject is not None:
                    yield subject
            elif 0 < group.first - q <= _LONGEST_INCISE and BREAKS.isdisjoint(
                carrier.lows[q + 1 : group.first]
            ):
                yield from _inverted(carrier, group, q)
    if carrier.tokens[q].kind is QUOTE:
        yield from passing_on(carrier, q)
    if is_received(carrier, q) or words_of_another(carrier, q) is not None:
        citing = main_subject(carrier, q)
        if citing is not None:
            yield citing


def _leads(carrier: Carrier, group: VerbGroup, q: int) -> bool:
    """Whether a verb leads on to the words, and no other one that has a subject."""
    return BREAKS.isdisjoint(carrier.lows[group.last : q]) and not any(
        other.finite and group.last <= other.first and other.last <= q for other in carrier.verbs
    )


def _inverted(carrier: Carrier, group: VerbGroup, q: int) -> Iterator[Phrase | str]:
    clitic = next((g.clitic for g in carrier.verbs if g.clitic and q < g.first <= group.first), "")
    if clitic:
        yield clitic
        return
    subject = subject_after(carrier, group)
    if subject is not None:
        yield subject
