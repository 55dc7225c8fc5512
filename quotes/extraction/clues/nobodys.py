"""What stands in marks and is nobody's in particular: on a thing, in a motto, a share of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.carrier import Attribution
from quotes.extraction.tokens import QUOTE, Token
from quotes.french.grammar import word_class

_THINGS = word_class("inscribed_things")
_MOTTOS = word_class("mottos")
_NEAR = 8  # tokens: "une pancarte clouée sur la porte du garage : | « … »"


def nobodys_clues(tokens: Sequence[Token], position: int, attribution: Attribution | None) -> Iterator[str]:
    """The clues that nobody of the article says what stands in marks at ``position``.

    Un autocollant : | « Souriez », le dicton dit | « Noël au balcon », 31 % sont | « inquiets ».
    """
    if "%" in [t.text for t in tokens[max(0, position - _NEAR) : position]]:
        yield "share_of_people"
    if not _THINGS.isdisjoint([t.low for t in _since_last_marks(tokens, position)]):
        yield "inscribed"
    if position > 1 and tokens[position - 1].text == ":" and tokens[position - 2].low in _MOTTOS:
        yield "motto"
    source = attribution.phrase if attribution is not None else None
    head = source.noun.lemma if source is not None and source.noun is not None else ""
    if head in _THINGS:
        yield "inscribed_source"
    elif head in _MOTTOS:
        yield "motto_source"


def _since_last_marks(tokens: Sequence[Token], position: int) -> Iterator[Token]:
    """The tokens before a span, the nearest first, as far as another span or the beginning."""
    for at in range(position - 1, max(-1, position - 1 - _NEAR), -1):
        if tokens[at].kind is QUOTE:
            return
        yield tokens[at]
