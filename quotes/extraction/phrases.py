"""A stretch of a carrier that could name a speaker."""

from __future__ import annotations

from typing import ClassVar

from quotes.extraction.value import value
from quotes.french.nouns import Noun


class PhraseKind(int):
    """What sort of phrase it is; no Enum for the reason that :class:`Kind` is none."""

    NAME: ClassVar[PhraseKind]
    DESCRIPTION: ClassVar[PhraseKind]
    PRONOUN: ClassVar[PhraseKind]

    @property
    def name(self) -> str:
        """Its name, as the clues have it."""
        return ("NAME", "DESCRIPTION", "PRONOUN")[self]


NAME, DESCRIPTION, PRONOUN = map(PhraseKind, range(3))
"""Each kind by a name of its own, as of tokens."""
PhraseKind.NAME, PhraseKind.DESCRIPTION, PhraseKind.PRONOUN = NAME, DESCRIPTION, PRONOUN


@value
class Phrase:
    """A stretch of a carrier's tokens, ``first``–``last`` (half-open), that could name a speaker.

    ``name`` and ``post`` bound (as token indices) the proper name and the description without its
    determiner, where there are such. ``before`` is the token before the phrase, in lower case. ``worded``
    is what it says where that isn't all that is printed: of "Léa Roy, maire, et Paul Roy" the two names;
    ``parts`` are the phrases that it joins, where one of them is a description.
    """

    first: int
    last: int
    kind: PhraseKind
    head: str
    noun: Noun | None = None
    determiner: str = ""
    number: str = "s"
    gender: str | None = None
    name: tuple[int, int] | None = None
    post: tuple[int, int] | None = None
    title: str = ""
    before: str = ""
    worded: str = ""
    parts: tuple[Phrase, ...] = ()

    @property
    def has_full_name(self) -> bool:
        """Whether its name has several words: "la maire Jeanne Roy", not "Jeanne" nor "M. Roy"."""
        return self.name is not None and self.name[1] - self.name[0] > 1
