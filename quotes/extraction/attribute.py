"""Which phrase speaks? The grammar of French attribution, applied to one carrier at a time.

Each rule answers with the phrase (or clitic) that is the source and the cue that made it speech;
who that is, is asked later (:mod:`quotes.extraction.resolve`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotes.extraction.carrier import Attribution, Carrier, whole
from quotes.extraction.conjectures import inverted_or_according
from quotes.extraction.counted import SHARES, is_share
from quotes.extraction.nominal import (
    close_nominal,
    for_whom,
    is_medium,
    nominal_source,
    speech_noun,
    words_before_colon,
)
from quotes.extraction.rules.citing import words_of_another
from quotes.extraction.rules.colons import before_colon, colon
from quotes.extraction.rules.frames import close_frame, frame
from quotes.extraction.rules.incises import any_verb_incise, as_they_say, incise
from quotes.extraction.rules.labels import (
    apposed_fragment,
    bracketed,
    gapped,
    label,
    signed,
    signed_heading,
    signed_in_brackets,
)
from quotes.extraction.rules.participles import crying, participle
from quotes.extraction.rules.passives import by_agent, done_by_another, passive
from quotes.extraction.rules.readings import cited, reading
from quotes.extraction.tokens import Token

Rule = Callable[[Carrier, int], Attribution | None]


def _according_after(carrier: Carrier, q: int) -> Attribution | None:
    """« … », selon X; but "Il a expliqué que « … », selon l'agence Tass": a medium passes it on."""
    source = close_nominal(carrier, q)
    if source is None or source.phrase is None or not is_medium(source.phrase):
        return source
    return frame(carrier, q, finite=False) or source


def _by_whom(carrier: Carrier, q: int) -> Attribution | None:
    """Jugé « … » par X, whoever passes it on: "Le récit est jugé « … » par X, selon une source"."""
    return passive(carrier, q)


def _by_share(carrier: Carrier, q: int) -> Attribution | None:
    """60 % des élus se disent « … », whoever tells it / Ils sont 60 % à juger … / Pour 60 % des élus, …"""
    if SHARES.isdisjoint(carrier.words):
        return None
    tokens = carrier.tokens
    infinitives = [g.first for g in carrier.verbs if g.mood == "infinitive" and g.last <= q]
    if any(_counts_who_act(tokens, at) for at in infinitives):
        return participle(carrier, q)
    for k, phrase in enumerate(carrier.phrases):
        if phrase.before == "pour" and phrase.last == q - 1 and is_share(tokens, phrase):
            return Attribution("according", whole(carrier, k), "", (phrase.first - 1, phrase.first), "pour")
    found = frame(carrier, q)
    told = found is not None and found.phrase is not None and is_share(tokens, found.phrase)
    return found if told else None


def _counts_who_act(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is told of how many an infinitive tells: "sont 60 % | à juger", "60 % des élus | à dire"."""
    counted = tokens[max(0, at - _LONGEST_SHARE) : at - 1]
    return at > 1 and tokens[at - 1].low == "à" and any(t.text == "%" for t in counted)


_LONGEST_SHARE = 5  # tokens of "% des Français à"


def _by_whom_before(carrier: Carrier, q: int) -> Attribution | None:
    """Accusée par X d'être la « … », whoever passes it on: "Accusé par X d'être « … », il ment, selon Y"."""
    if "par" not in carrier.words:
        return None
    group = next((g for g in reversed(carrier.verbs) if g.last <= q), None)
    return passive(carrier, q) if group is not None and done_by_another(carrier, group, q) else None


RULES: tuple[Rule, ...] = (
    crying,
    _by_share,
    _by_whom,
    _by_whom_before,
    _according_after,
    words_before_colon,
    for_whom,
    as_they_say,
    apposed_fragment,
    gapped,
    close_frame,
    incise,
    any_verb_incise,
    nominal_source,
    reading,
    frame,
    participle,
    speech_noun,
    passive,
    by_agent,
    signed_in_brackets,
    cited,
    colon,
    before_colon,
    signed,
    signed_heading,
    label,
    bracketed,
)
"""All rules, the nearest construction first; each is asked about the quotation at a token of its carrier."""
_BEFORE: dict[Rule, str] = {words_before_colon: ":", colon: ":", apposed_fragment: ",", bracketed: "("}
"""The rules that only one token right before the marks lets match."""
_BEHIND: dict[Rule, str] = {
    _by_whom: "par", apposed_fragment: ",", any_verb_incise: ",", signed_in_brackets: "(", bracketed: ")"
}  # fmt: skip
"""Those that only one token right behind the marks lets match."""
_OF_VERBS = frozenset(
    {_by_whom_before, gapped, close_frame, incise, reading, frame, participle, passive, by_agent}
)
"""Those that read a verb of saying."""
_OF_LEAD = frozenset({
    crying, _by_share, _by_whom, _by_whom_before, words_before_colon, for_whom, apposed_fragment, gapped,
    close_frame, reading, frame, participle, passive, colon, label, bracketed,
})  # fmt: skip
"""Those that read what stands before the marks."""
_OF_OPENING = frozenset({signed})
"""Those that read marks before which nothing stands."""


def _that_may_match(opens: bool, before: str, behind: str, verbs: bool) -> tuple[Rule, ...]:
    return tuple(
        rule
        for rule in RULES
        if _BEFORE.get(rule, before) == before
        and _BEHIND.get(rule, behind) == behind
        and (verbs or rule not in _OF_VERBS)
        and rule not in (_OF_LEAD if opens else _OF_OPENING)
    )


_OPENING, _CLOSING = frozenset(_BEFORE.values()), frozenset(_BEHIND.values())
_MAY_MATCH = {
    (opens, before, behind, verbs): _that_may_match(opens, before, behind, verbs)
    for opens in (False, True)
    for before in ("", *_OPENING)
    for behind in ("", *_CLOSING)
    for verbs in (False, True)
}


def _rules_for(carrier: Carrier, q: int) -> tuple[Rule, ...]:
    """The rules that may match, by what stands right beside the marks."""
    tokens = carrier.tokens
    before = tokens[q - 1].low if q else ""
    behind = tokens[q + 1].low if q + 1 < len(tokens) else ""
    return _MAY_MATCH[
        not q,
        before if before in _OPENING else "",
        behind if behind in _CLOSING else "",
        bool(carrier.verbs),
    ]


def attributions(carrier: Carrier, q: int) -> tuple[Attribution, ...]:
    """What each rule proposes for the quotation at token ``q``: the first is the rules' own answer.

    Who brings in another's words, and acts in the sentence, is no source of them.
    """
    anothers = words_of_another(carrier, q)
    if anothers is not None:
        return (anothers,)
    rules = _rules_for(carrier, q)
    proposed = [a for rule in rules if (a := rule(carrier, q)) is not None]
    return (*proposed, *inverted_or_according(carrier, q))
