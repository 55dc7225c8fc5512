"""Which phrase speaks? The grammar of French attribution, applied to one carrier at a time.

Each rule answers with the phrase (or clitic) that is the source and the cue that made it speech;
who that is, is asked later (:mod:`quotes.extraction.resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.conjectures import inverted_or_according
from quotes.extraction.mentions import PhraseKind
from quotes.extraction.nominal import (
    CRIES,
    close_nominal,
    for_whom,
    is_medium,
    nominal_source,
    speech_noun,
    words_before_colon,
)
from quotes.extraction.rules.colons import colon
from quotes.extraction.rules.frames import close_frame, frame
from quotes.extraction.rules.incises import any_verb_incise, as_they_say, incise
from quotes.extraction.rules.labels import label, signed
from quotes.extraction.rules.participles import participle
from quotes.extraction.rules.passives import passive
from quotes.extraction.subjects import (
    is_thing,
)
from quotes.extraction.tokens import Kind
from quotes.french.grammar import word_class

_SHOWS = word_class("verbs_of_showing")


def attribute(carrier: Carrier) -> dict[int, Attribution]:
    """The sources of the quotations in a carrier, by quotation index."""
    tokens = carrier.tokens
    found: dict[int, Attribution] = {}
    for position, token in enumerate(tokens):
        if token.kind is Kind.QUOTE:
            attribution = _source_of(carrier, position)
            if attribution is not None:
                found[token.quote] = attribution
    return found


def _source_of(carrier: Carrier, q: int) -> Attribution | None:
    attribution = next(propositions(carrier, q), None)
    if attribution is None:
        return next(inverted_or_according(carrier, q), None)
    if (
        attribution is not None
        and attribution.rule == "fragment"
        and carrier.tokens[0].low in ("selon", "d'")
        and not any(
            attribution.cue == (g.first, g.last)
            and (
                g.allows("strong")
                or (
                    g.verb is not None
                    and g.verb.head in CRIES
                    and g.last == q
                    and attribution.phrase is not None
                    and attribution.phrase.kind is not PhraseKind.PRONOUN
                )
                or (g.allows("qualify") and carrier.tokens[q - 1].low in ("de", "d'"))
            )
            for g in carrier.verbs
        )
    ):
        # "Selon la police, le suspect se trouvait dans « … »"
        return nominal_source(carrier, q) or attribution
    if (
        attribution is not None
        and attribution.rule in ("fragment", "that")
        and (is_thing(attribution.phrase) or attribution.lemma in _SHOWS)
    ):
        # "Le test montre que P « … », a souligné X": the thing only shows, somebody says so
        for rule in (incise, nominal_source):
            other = rule(carrier, q)
            if other is not None:
                return other
    return attribution


def _according_after(carrier: Carrier, q: int) -> Attribution | None:
    """« … », selon X; but "Il a expliqué que « … », selon l'agence Tass": a medium passes it on."""
    source = close_nominal(carrier, q)
    if source is None or source.phrase is None or not is_medium(source.phrase):
        return source
    return frame(carrier, q) or source


def propositions(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """What each rule proposes for the quotation at token ``q``, the nearest construction first."""
    for rule in (
        _according_after,
        words_before_colon,
        for_whom,
        as_they_say,
        close_frame,
        incise,
        any_verb_incise,
        nominal_source,
        frame,
        participle,
        speech_noun,
        passive,
        colon,
        signed,
        label,
    ):
        attribution = rule(carrier, q)
        if attribution is not None:
            yield attribution
