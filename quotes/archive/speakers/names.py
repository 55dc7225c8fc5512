"""When are two names one speaker?

Across articles only a full name (two words or more) of a person, or the name of an organisation,
tells who it is. A bare surname ("M. Roy"), an unnamed source, a group, a document is somebody within
its article alone. Two texts are one when their hashes are.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from quotes.archive.search.terms import fold
from quotes.model import Speaker, SpeakerType

_TITLES = frozenset(
    {"m", "mm", "mme", "mmes", "mlle", "mlles", "monsieur", "madame", "mademoiselle", "messieurs"}
    | {"mesdames", "me", "dr", "pr"}
)


def fold_name(name: str) -> str:
    """Fold a name for comparison: case, accents, hyphens, apostrophes and other marks are the same.

    >>> fold_name("Jean-François  L’Hévéder")
    'jean francois l heveder'
    """
    return " ".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """Fold a name and leave out the title before it ("Mme Roy" is "roy")."""
    words = fold_name(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return " ".join(words)


def is_incomplete(speaker: Speaker) -> bool:
    """Tell whether a person is known by one word only ("M. Roy")."""
    return speaker.type is SpeakerType.PERSON and " " not in name_key(speaker.name)


def crosses_articles(speaker: Speaker) -> bool:
    """Tell whether the same name in another article is the same speaker."""
    if speaker.type is SpeakerType.PERSON:
        return not is_incomplete(speaker)
    return speaker.type is SpeakerType.ORGANIZATION


def content_hash(article_text: str) -> str:
    """Give the SHA-256 (hex) of a text; line ends and white space around it make no difference."""
    normalised = article_text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(normalised.encode()).hexdigest()
