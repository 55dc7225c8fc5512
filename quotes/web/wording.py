"""What values are called in French: kinds, types, genders, certainty; ``Language`` has the English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from quotes.archive.corrections.overlay import RULE as CORRECTED
from quotes.archive.wordings.comparing import Likeness

Certainty = Literal["checked", "sure", "likely", "doubtful"]
_SURE, _LIKELY = 0.9, 0.7

CERTAINTIES: Mapping[Certainty, str] = {
    "checked": "vérifié",
    "sure": "sûr",
    "likely": "probable",
    "doubtful": "à vérifier",
}
KINDS: Mapping[str, str] = {"direct": "directe", "mixed": "fragment", "indirect": "rapportée"}
TYPES: Mapping[str, str] = {
    "person": "personne",
    "organization": "organisation",
    "group": "groupe",
    "unnamed": "anonyme",
    "document": "document",
}
GENDERS: Mapping[str, str] = {"f": "femme", "m": "homme", "unknown": "genre inconnu"}
DIMENSIONS: Mapping[str, str] = {
    "gender": "genre",
    "type": "type de source",
    "speaker": "locuteur",
    "role": "qualité",
    "outlet": "média",
    "month": "mois",
    "year": "année",
    "kind": "forme",
}
LIKENESSES: Mapping[Likeness, str] = {
    Likeness.EXACT: "mot pour mot",
    Likeness.PART: "extrait d’une citation plus longue",
    Likeness.CUT: "cité en abrégé",
    Likeness.SHORTENED: "abrégé dans l’archive",
    Likeness.ALTERED: "modifié",
}
REASONS: Mapping[str, str] = {
    "the same words in another order": "les mêmes mots dans un autre ordre",
    "the names differ in one letter": "les noms diffèrent d’une lettre",
    "a bare surname, and a full name with it": "un nom seul, et un nom complet",
    "an initial, and a first name with it": "une initiale, et un prénom",
    "the same name with more words": "le même nom, plus long",
    "an acronym, and a name with its initials": "un sigle, et un nom à ces initiales",
}
ACTIONS: Mapping[str, str] = {
    "fix": "correction",
    "merge": "fusion",
    "split": "séparation",
    "rename": "nouveau nom",
    "alias": "autre nom",
    "edit": "modification",
}


def certainty(rule: str, confidence: float) -> Certainty:
    """Say how sure the speaker of a quote is, in one of four words.

    >>> certainty("incise", 0.95), certainty("flow", 0.5)
    ('sure', 'doubtful')
    """
    if rule == CORRECTED:
        return "checked"
    return "sure" if confidence >= _SURE else "likely" if confidence >= _LIKELY else "doubtful"


def value_of(dimension: str, value: str | None) -> str | None:
    """Give the French of a value of a dimension that has fixed ones; ``None``: it is its own name."""
    if value is None:
        return "genre inconnu" if dimension == "gender" else "inconnu"
    fixed = {"kind": KINDS, "type": TYPES, "gender": GENDERS}.get(dimension)
    return fixed.get(value) if fixed else None
