"""The extraction as a spaCy component, for those who live in spaCy.

    nlp = spacy.blank("fr")
    nlp.add_pipe("french_quotes")
    doc = nlp("« Nous partirons demain », a déclaré Jeanne Roy, maire de Lormes.")
    for span in doc.spans["quotes"]:
        print(span.text, span._.speaker, span._.role)

The component reads the text alone: it needs no other component and changes none of their answers.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

import quotes
from quotes.extraction.opinion import Model
from quotes.model import Quote

SPANS = "quotes"
"""The key of ``doc.spans`` under which the quotes stand; each span's label is its kind."""

_EXTENSIONS = ("speaker", "role", "rule", "confidence")


@Language.factory(
    "french_quotes",
    assigns=["doc.spans", *(f"span._.{name}" for name in _EXTENSIONS)],
    default_config={"model": "auto"},
)
def french_quotes(nlp: Language, name: str, model: Model) -> FrenchQuotes:
    """Make the component; ``nlp.add_pipe("french_quotes", config={"model": "never"})`` calls this."""
    return FrenchQuotes(model)


class FrenchQuotes:
    """Fills ``doc.spans["quotes"]`` with a span for each quote, in the order of the text.

    ``span._.speaker`` is the speaker's name and ``span._.role`` the role as worded (``None`` if
    unknown), ``span._.rule`` the rule that gave the speaker, ``span._.confidence`` how sure (0–1).
    A quote that begins or ends inside a token takes in the whole token.
    """

    def __init__(self, model: Model = "auto") -> None:
        """``model`` says whether the encoder is asked, as for :func:`quotes.extract`."""
        self._model = model
        for name in _EXTENSIONS:
            if not Span.has_extension(name):
                Span.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Extract from the text of ``doc``."""
        spans = [_span(doc, quote) for quote in quotes.extract(doc.text, model=self._model).quotes]
        doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=spans)
        return doc


def _span(doc: Doc, quote: Quote) -> Span:
    span = doc.char_span(quote.start, quote.end, label=quote.kind.value, alignment_mode="expand")
    assert span is not None  # with "expand" there is a span for every offset inside the text
    values: dict[str, Any] = {
        "speaker": quote.speaker.name if quote.speaker else None,
        "role": quote.role.text if quote.role else None,
        "rule": quote.rule,
        "confidence": quote.confidence,
    }
    for name, value in values.items():
        span._.set(name, value)
    return span
