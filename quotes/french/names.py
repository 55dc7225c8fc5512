"""What a name tells: whose it is (first names, titles, particles) and what it names (places, bodies)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from quotes.french.lexicon import entries, fold
from quotes.french.nouns import plural

Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that speaks, or a place that stands for one ("Matignon").

    ``name`` is as it is usually printed; ``gender`` is grammatical, ``None`` where the name takes
    no article or its gender tells nothing; ``kind`` is one of those in ``data/organizations.txt``.
    """

    name: str
    gender: Gender | None
    kind: str


def _gender(field: str) -> Gender | None:
    return cast(Gender, field) if field in ("m", "f") else None


def _read_first_names() -> tuple[dict[str, Gender | None], dict[str, Gender | None]]:
    printed: dict[str, Gender | None] = {}
    folded: dict[str, Gender | None] = {}
    for name, field in entries("first_names"):
        gender = _gender(field)
        printed[name] = gender
        key = fold(name)
        folded[key] = gender if folded.get(key, gender) == gender else None
    return printed, folded


_PRINTED, _FOLDED = _read_first_names()

FIRST_NAMES: Mapping[str, Gender | None] = _FOLDED
"""Folded first names (hyphens kept) with the gender of those who bear them, ``None`` if both do."""


def gender_of(first_name: str) -> Gender | None:
    """Return the gender that a first name tells; ``None`` if it is unknown or borne by both.

    A compound goes by its first part that tells one: Jean-Marie → m, Marie-Pierre → f. An accent
    that makes the difference is heeded: Michèle → f, but Michele is either.
    """
    exact = first_name.lower()
    if exact in _PRINTED:
        return _PRINTED[exact]
    folded = fold(first_name)
    if folded in FIRST_NAMES:
        return FIRST_NAMES[folded]
    parts = folded.replace(" ", "-").split("-")
    if len(parts) == 1:
        return None
    return next((gender for gender in map(FIRST_NAMES.get, parts) if gender), None)


_TITLES: tuple[tuple[str, Gender | None], ...] = (
    (
        "m. m mr mm. mm monsieur messieurs sir lord cheikh cheick cheik sheikh père frère abbé mgr "
        "monseigneur don dom prince roi pape cardinal imam el-hadj émir sultan comte duc baron",
        "m",
    ),
    (
        "mme mme. mmes mlle mlles madame mesdames mademoiselle mesdemoiselles lady dame sœur mère "
        "princesse reine comtesse duchesse baronne générale colonelle docteure professeure hadja "
        "mrs ms miss veuve dre dres",
        "f",
    ),
    (
        "me mes maître maîtres dr dr. drs docteur docteurs pr pr. prs professeur professeurs général "
        "généraux colonel commandant capitaine lieutenant lieutenant-colonel major sergent adjudant "
        "amiral maréchal honorable saint",
        None,
    ),
)

TITLES: Mapping[str, Gender | None] = {
    title: gender for titles, gender in _TITLES for title in titles.split()
}
"""What may stand before a name, in lower case, accents and full stop kept ("m.", "mme", "me", "sœur").

``None`` where women bear it too (Me, Dr, le professeur, le général).
"""

POSTS_OF_TITLES: Mapping[str, str] = dict(entries("titles"))
"""The post that a title tells: "me" → avocat."""

_PARTICLES = (
    "de du d' des la le les l' van von vom zu zum zur der den het 't ter ten te op el al as ash es ez "
    "abd abou abu ben bin bint ibn ibnou ould mint aït ait oulad ouled di da do dos das del della delle "
    "dello dei degli dal dalla y e i af av mac mc o' saint sainte st ste san santa são fitz n' m' haj hadj "
    "el-hadj"
)

PARTICLES: frozenset[str] = frozenset(_PARTICLES.split())
"""What may stand inside a family name in lower case or begin it, straight apostrophes."""

PLACES: frozenset[str] = frozenset(fold(name) for (name,) in entries("places"))
"""Folded names of countries, regions, towns, waters."""


def _read_organizations() -> dict[str, Organization]:
    organizations: dict[str, Organization] = {}
    for name, gender, kind in entries("organizations"):
        organizations[fold(name)] = Organization(name, _gender(gender), kind)
    return organizations


ORGANIZATIONS: Mapping[str, Organization] = _read_organizations()
"""Bodies by their folded name."""


def _read_demonyms() -> dict[str, Gender | None]:
    forms: dict[str, Gender | None] = {}
    for singulars in entries("demonyms"):
        for form, gender in zip(singulars, ("m", "f"), strict=True):
            # Only the end changes: franco-allemands, sud-africains.
            head, hyphen, last = form.rpartition("-")
            for each in (form, head + hyphen + plural(last)):
                forms[fold(each)] = None if singulars[0] == singulars[1] else _gender(gender)
    return forms


DEMONYM_GENDERS: Mapping[str, Gender | None] = _read_demonyms()
"""Whom a folded name of inhabitants shows to be a man or a woman; None for both: "belge"."""

DEMONYMS: frozenset[str] = frozenset(DEMONYM_GENDERS)
"""Folded names of inhabitants and adjectives of place, in all four forms."""
