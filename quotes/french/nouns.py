"""The nouns that denote those who speak (persons, organizations, groups) and the texts quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotes.french.lexicon import entries


@dataclass(frozen=True, slots=True)
class Noun:
    """One reading of a word as such a noun.

    ``lemma`` is the masculine singular, or the feminine where there is no other. ``kind`` is
    "office", "trade", "relation" or "description" for persons, else "organization", "group" or
    "document". ``gender`` is that of the word, ``None`` if it serves for both ("la ministre").
    """

    lemma: str
    kind: str
    gender: Literal["m", "f"] | None
    number: Literal["s", "p"]


_PLURALS = {
    "porte-parole": "porte-parole",
    "sans-papiers": "sans-papiers",
    "sans-abri": "sans-abri",
    "faire-part": "faire-part",
    "monsieur": "messieurs",
    "madame": "mesdames",
    "mademoiselle": "mesdemoiselles",
    "bonhomme": "bonshommes",
    "aïeul": "aïeux",
    "festival": "festivals",
    "bail": "baux",
    "landau": "landaus",
    "procès-verbal": "procès-verbaux",
    "compte-rendu": "comptes-rendus",
    "caporal-chef": "caporaux-chefs",
    "lieutenant-colonel": "lieutenants-colonels",
    "état-major": "états-majors",
    "barman": "barmans",
}
# Compounds of two nouns agree in both parts (grands-mères), those with a particle in the last.
_INVARIABLE_PREFIXES = frozenset(
    {"vice", "sous", "ex", "co", "demi", "arrière", "contre", "auto", "non", "post", "pro", "haut"}
    | {"start", "think", "task", "lord", "méta", "gastro", "e", "dalaï", "plate"}
)
# Ends that only a trade has: chronobiologiste, islamologue, kinésithérapeute, gériatre.
_TRADES = (
    "logiste",
    "nologue",
    "miste",
    "thérapeute",
    "iatre",
    "aliste",
    "ticien",
    "ticienne",
    "icologue",
    "ologue",
)
_TRADES_PLURAL = tuple(f"{ending}s" for ending in _TRADES)
_PERSONS = frozenset({"office", "trade", "relation", "description"})
_FOR_OR_AGAINST = frozenset({"anti", "pro"})  # "les anti-éoliennes"
_PREFIXES = ("ex-", "vice-", "co-", "sous-")


def plural(noun: str) -> str:
    """Return the plural of a noun in lower case or of an acronym (which does not change)."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.isupper() or noun.endswith(("s", "x", "z")):
        return noun
    first, hyphen, rest = noun.partition("-")
    if hyphen:
        if rest == "d'œuvre" or first in _INVARIABLE_PREFIXES:
            return f"{first}-{plural(rest)}"
        return f"{plural(first)}-{plural(rest)}"
    if noun.endswith("al"):
        return noun[:-2] + "aux"
    if noun.endswith(("eau", "eu", "au")):
        return noun + "x"
    return noun + "s"


def _read() -> dict[str, tuple[Noun, ...]]:
    nouns: dict[str, tuple[Noun, ...]] = {}

    def add(form: str, reading: Noun) -> None:
        # Acronyms are known in both cases (PDG, pdg); "État" is not: "état" is another word.
        for key in (form, form.lower()) if form.isupper() else (form,):
            known = nouns.get(key, ())
            if reading not in known:
                nouns[key] = (*known, reading)

    for masculine, feminine, kind, _note in entries("nouns"):
        lemma = masculine or feminine
        if masculine == feminine:
            add(lemma, Noun(lemma, kind, None, "s"))
            add(plural(lemma), Noun(lemma, kind, None, "p"))
            continue
        if masculine:
            add(masculine, Noun(lemma, kind, "m", "s"))
            add(plural(masculine), Noun(lemma, kind, "m", "p"))
        if feminine:
            add(feminine, Noun(lemma, kind, "f", "s"))
            add(plural(feminine), Noun(lemma, kind, "f", "p"))
    return nouns


NOUNS: Mapping[str, tuple[Noun, ...]] = _read()
"""What each form can denote.

Keys are lower case with accents, save "État" and "Toile"; acronyms are there in both cases.
"""


def is_body(word: str) -> bool:
    """Whether a word is a noun for bodies: "mairie", "ONG"."""
    return any(entry.kind == "organization" for entry in noun(word))


@lru_cache(maxsize=1 << 14)
def noun(word: str) -> tuple[Noun, ...]:
    """Return the readings of a word, seen through ex-, vice-, co- and sous-: "ex-ministres" → "ministre".

    Case is ignored where it tells nothing; a word that is no such noun has no readings.
    """
    if word in NOUNS:
        return NOUNS[word]
    form = word.lower().replace("’", "'")
    if "oe" in form and form.replace("oe", "œ") in NOUNS:
        return NOUNS[form.replace("oe", "œ")]  # "sa belle-soeur", as many keyboards write it
    while form not in NOUNS:
        if not form.startswith(_PREFIXES):
            return _compound(form)
        form = form.partition("-")[2]
    return NOUNS[form]


def _compound(form: str) -> tuple[Noun, ...]:
    """Two words for persons make one: marin-pêcheur, autrice-compositrice."""
    if form.endswith(_TRADES) and len(form) > 7:
        return (Noun(form, "trade", None, "s"),)
    if form.endswith(_TRADES_PLURAL) and len(form) > 8:
        return (Noun(form[:-1], "trade", None, "p"),)
    first, hyphen, second = form.partition("-")
    if first in _FOR_OR_AGAINST and second.endswith(("s", "x")):
        return (Noun(form, "group", None, "p"),)
    if not hyphen or not all(
        any(n.kind in _PERSONS for n in NOUNS.get(part, ())) for part in (first, second)
    ):
        return ()
    return tuple(n for n in NOUNS[first] if n.kind in _PERSONS)
