"""Values in the words of the language spoken: kinds, types, genders, dimensions, zones, actions."""

from __future__ import annotations

from quotes.cli.printing import counted
from quotes.messages import OF_VALUES, _, in_context
from quotes.model import Gender, QuoteKind, SpeakerType, ZoneKind

CONTEXT = OF_VALUES
_DIMENSIONS = ("outlet", "month", "year", "type", "gender", "kind", "speaker", "role")
_FIELDS = ("title", "authors", "published", "url", "section", "translators")
_ACTIONS = ("fix", "merge", "split", "rename", "alias", "edit")
VALUES = tuple(
    dict.fromkeys(
        [
            *(one.value for kind in (QuoteKind, SpeakerType, Gender, ZoneKind) for one in kind),
            *_DIMENSIONS,
            *_FIELDS,
            *_ACTIONS,
        ]
    )
)
"""The values that are words of English, and have others in French."""
# Of which dimensions a value is a word of ours; those of others are names.
_WORDED = frozenset({"type", "gender", "kind"})


def in_words(value: str) -> str:
    """Give a value of ours in the language spoken; what is none of ours stays.

    >>> in_words("person")
    'person'
    """
    return in_context(CONTEXT, value)


def of_dimension(name: str) -> str:
    """Give the heading of what quotes are counted by."""
    return in_words(name)


def value_in_words(dimension: str, value: str | None) -> str:
    """Give a value of a dimension; what isn't known is called so."""
    if value is None:
        return _("unknown")
    return in_words(value) if dimension in _WORDED else value


def counted_in_words(name: str, number: int) -> str:
    """Give how many there are of the rows of an archive: its articles, quotes or speakers."""
    if name == "articles":
        return counted(number, "article", "articles")
    if name == "quotes":
        return counted(number, "quote", "quotes")
    return counted(number, "speaker", "speakers")
