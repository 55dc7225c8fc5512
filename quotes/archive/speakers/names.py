"""When are two names one speaker?

Across articles only a full name (two words or more) of a person, or the name of an organisation,
tells who it is. A bare surname ("M. Roy"), an unnamed source, a group, a document is somebody within
its article alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from quotes.archive.store.folding import fold
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


def is_whole(asked: str) -> bool:
    """Tell whether a name, role or outlet that is asked for is the whole of it: it stands in quotation marks.

    >>> is_whole('"AFP"'), is_whole("AFP")
    (True, False)
    """
    return len(asked) > 2 and asked[0] == asked[-1] == '"'


# "le ministre de l’Intérieur", "une ministre", "ministre de l'intérieur".
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une"])
_LINKS = frozenset(["de", "du", "des", "d", "et", "a", "au", "aux", "en"])


@lru_cache(maxsize=1 << 14)
def role_key(folded: str) -> str:
    """Give what two wordings of one role share: a folded role without the article before it.

    >>> role_key(fold_name("Le ministre de l’Intérieur")) == role_key(fold_name("ministre de l'intérieur"))
    True
    """
    first, _, rest = folded.partition(" ")
    return rest if rest and first in _ARTICLES else folded


def role_words(role: str) -> list[str]:
    """Give the words of a role that is looked for, without articles and links, unless it has no others."""
    words = fold_name(role).split()
    return [word for word in words if word not in _ARTICLES | _LINKS] or words


def is_incomplete(speaker: Speaker) -> bool:
    """Tell whether a person is known by one word only ("M. Roy")."""
    return speaker.type is SpeakerType.PERSON and " " not in name_key(speaker.name)


def crosses_articles(speaker: Speaker) -> bool:
    """Tell whether the same name in another article is the same speaker."""
    if speaker.type is SpeakerType.PERSON:
        return not is_incomplete(speaker)
    return speaker.type is SpeakerType.ORGANIZATION


class Named(NamedTuple):
    """A speaker as an archive looks for one: by the folded name and the type.

    ``everywhere``: the name tells who it is in other articles, too.
    """

    key: str
    type: str
    name: str
    gender: str | None
    everywhere: bool
    incomplete: bool

    @classmethod
    def of(cls, speaker: Speaker) -> Named:
        """Give what is asked of an archive about a speaker."""
        return cls(
            name_key(speaker.name),
            speaker.type.value,
            speaker.name,
            speaker.gender.value if speaker.gender else None,
            crosses_articles(speaker),
            is_incomplete(speaker),
        )
