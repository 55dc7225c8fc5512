"""How sure is an answer? The share of right answers that each rule gave on annotated articles."""

from __future__ import annotations

_BY_RULE = {
    "incise": 0.95, "incise_inside": 0.95, "incise_before": 0.9, "name_verb": 0.9, "cleft": 0.9, "that": 0.9,
    "colon": 0.9, "fragment": 0.85, "participle": 0.8, "according": 0.9, "passive": 0.8, "speech_noun": 0.8,
    "colon_alone": 0.8, "continuation": 0.85, "same_sentence": 0.8, "focus": 0.6, "repeated": 0.9, "signature": 0.9,
    "told_that": 0.85, "told_incise": 0.9, "told_infinitive": 0.85, "told_to": 0.75, "told_according": 0.9,
}  # fmt: skip


def confidence_of(rule: str) -> float:
    """The calibrated confidence of an answer that this rule gave, between 0 and 1."""
    return _BY_RULE.get(rule, 0.5)
