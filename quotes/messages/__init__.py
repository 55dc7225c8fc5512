"""What the program says to people: English as it stands in the code, French by a catalogue (gettext).

The command line and the pages speak a language; the floors under them write English alone, since what they
say is also stored, sent between processes and read by programs. :func:`told` gives such a sentence in the
language of who reads it, values and all.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

ENGLISH, FRENCH = "en", "fr"
LANGUAGES = (ENGLISH, FRENCH)
DOMAIN = "quotes"
FOLDER = Path(__file__).parent
OF_ERRORS = "error"
"""The context, in the catalogue, of what the floors below say, with ``{fields}`` for values."""

OF_VALUES = "value"
"""The context of values that are words of ours: ``person``, ``f``, ``merge`` …"""

# In this order, as gettext has it; where one says something the next is not asked.
_VARIABLES = ("QUOTES_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_FIELD = re.compile(r"\{(\w+)\}")
# What stands in these fields of a sentence is a sentence of ours again.
_SENTENCES = frozenset(
    {"reason", "error", "cause", "advice", "hint", "what", "sentence", "matches", "strerror", "lower"}
)
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def language_of_locale(environment: Mapping[str, str] = os.environ) -> str:
    """Give the language that the environment asks for: French, or else English.

    >>> language_of_locale({"LANG": "fr_CA.UTF-8"}), language_of_locale({"LC_ALL": "C", "LANG": "fr_FR"})
    ('fr', 'en')
    """
    for name in _VARIABLES:
        if stated := environment.get(name, ""):
            return FRENCH if stated.lower().startswith(FRENCH) else ENGLISH
    return ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language (one of ``LANGUAGES``) inside this block."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """Give the language that is spoken now."""
    return _spoken.get()


def _(message: str) -> str:
    """Give a message in the language spoken; the values are put into its fields afterwards."""
    return message if _spoken.get() == ENGLISH else _catalogue(_spoken.get()).gettext(message)


def later(message: str) -> str:
    """Mark a message that is kept, and told with :func:`_` when it is needed."""
    return message


def in_number(one: str, several: str, number: int) -> str:
    """Give the form of a message that goes with a number: in French 0 and 1 are singular."""
    if _spoken.get() == ENGLISH:
        return one if number == 1 else several
    return _catalogue(_spoken.get()).ngettext(one, several, number)


def in_context(context: str, message: str) -> str:
    """Give a word that means another thing elsewhere: values of ``gender``, ``type`` …"""
    return message if _spoken.get() == ENGLISH else _catalogue(_spoken.get()).pgettext(context, message)


def told(sentence: str, language: str | None = None) -> str:
    """Give what a floor below has said, in a language (default: the one spoken); unknown words stay.

    >>> told("no such file: check the path", "fr")
    'fichier introuvable : vérifiez le chemin'
    """
    language = language or _spoken.get()
    if language == ENGLISH or not sentence:
        return sentence
    catalogue = _catalogue(language)
    known = catalogue.pgettext(OF_ERRORS, sentence)
    if known != sentence:
        return known
    for template in _with_fields(language):
        values = _values(template, sentence)
        if values is not None:
            said = {name: _value_told(name, value, language) for name, value in values.items()}
            return catalogue.pgettext(OF_ERRORS, template).format(**said)
    return _after_a_name(sentence, language)


def _value_told(name: str, value: str, language: str) -> str:
    """Give what stands in a field of a sentence, in a language."""
    if name == "action":
        return _catalogue(language).pgettext(OF_VALUES, value)
    return told(value, language) if name in _SENTENCES else value


def _after_a_name(sentence: str, language: str) -> str:
    """Give a sentence whose subject is a name: "pont.db is damaged: …"."""
    for whole in _whole(language):
        if sentence.endswith(f" {whole}"):
            name = sentence[: -len(whole)]
            return name + _catalogue(language).pgettext(OF_ERRORS, whole)
    return sentence


def decimal(number: float, digits: int = 2) -> str:
    """Write a number with a point, in French with a comma."""
    written = f"{number:.{digits}f}"
    return written if _spoken.get() == ENGLISH else written.replace(".", ",")


def percent(share: float, digits: int = 0) -> str:
    """Write a share (0–1) in percent; French sets the sign apart."""
    return f"{share:.{digits}%}" if _spoken.get() == ENGLISH else f"{decimal(100 * share, digits)}\u00a0%"


@cache
def _catalogue(language: str) -> gettext.GNUTranslations:
    translations = gettext.translation(DOMAIN, FOLDER, languages=[language])
    assert isinstance(translations, gettext.GNUTranslations)
    return translations


def _said_below(language: str) -> list[str]:
    entries: Mapping[object, str] = _catalogue(language)._catalog  # type: ignore[attr-defined]
    mark = f"{OF_ERRORS}\x04"
    return [key.removeprefix(mark) for key in entries if isinstance(key, str) and key.startswith(mark)]


@cache
def _with_fields(language: str) -> tuple[str, ...]:
    """Give the sentences with fields; that with most words of its own says most surely what is meant."""
    found = filter(_FIELD.search, _said_below(language))
    return tuple(sorted(found, key=lambda one: -len(_FIELD.sub("", one))))


@cache
def _whole(language: str) -> tuple[str, ...]:
    """Give the sentences without fields, the longest first."""
    return tuple(
        sorted((one for one in _said_below(language) if not _FIELD.search(one)), key=len, reverse=True)
    )


def _values(template: str, sentence: str) -> dict[str, str] | None:
    """Give what stands in the fields of a template in this sentence; ``None`` where it is another one.

    Each piece between two fields is looked for once, from the left, so this is linear.

    >>> _values("there is no article {id}: check it", "there is no article 7: check it")
    {'id': '7'}
    """
    first, *rest = _FIELD.split(template)
    if not sentence.startswith(first):
        return None
    names, pieces = rest[::2], rest[1::2]
    end = len(sentence) - len(pieces[-1])
    at = len(first)
    if not sentence.endswith(pieces[-1]) or end < at:
        return None
    values: dict[str, str] = {}
    for name, piece in zip(names[:-1], pieces[:-1], strict=True):
        found = sentence.find(piece, at, end) if piece else -1
        if found < 0:
            return None
        values[name] = sentence[at:found]
        at = found + len(piece)
    values[names[-1]] = sentence[at:end]
    return values
