"""How sure is an answer? The share of right answers that its rule gave on annotated articles.

The table is ``data/confidence.txt``; ``bench/calibrate.py`` measures it anew.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_PRONOUNS = frozenset({"il", "elle", "ils", "elles", "on", "celui-ci", "celle-ci", "lui", "eux"})
_UNKNOWN = 0.5
# A quote without a speaker claims only that somebody is quoted.
NO_SPEAKER = 0.3


def mention_kind(mention: str) -> str:
    """What a source is printed as: "pronoun", "name" (it ends in a capitalised word), "description" or ""."""
    if not mention:
        return ""
    if mention.lower() in _PRONOUNS:
        return "pronoun"
    return "name" if mention.split()[-1][0].isupper() else "description"


def confidence_of(rule: str, mention: str = "") -> float:
    """The calibrated confidence of an answer that this rule gave for this mention, between 0 and 1."""
    table = _table()
    return table.get((rule, mention_kind(mention)), table.get((rule, ""), _UNKNOWN))


@cache
def _table() -> dict[tuple[str, str], float]:
    text = files("quotes.extraction").joinpath("data", "confidence.txt").read_text(encoding="utf-8")
    rows = (line.split(";") for line in text.splitlines() if line and not line.startswith("#"))
    return {(rule, mention): float(confidence) for rule, mention, confidence, _ in rows}
