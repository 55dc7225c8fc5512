"""The names of the rules, in the language of whoever reads them: programs read the names themselves."""

from __future__ import annotations

from quotes.messages import in_context, speaking, spoken

OF_RULES = "rule"
"""The context of the names of rules, in the catalogue."""
NAMES = (
    # A construction with the source in it.
    "incise", "incise_before", "incise_far", "incise_any", "incise_inside",
    "according", "according_somewhere", "as_said", "read_in", "frame", "that", "fragment", "participle",
    "passive", "by_agent", "cited",
    "speech_noun", "colon", "colon_alone", "apposed", "label", "bracketed", "signed", "announced",
    "interview", "post",
    # The speech around it.
    "previous", "next", "next_subject", "next_sentence", "one_before", "asked_by",
    "same_sentence", "repartee", "untold", "repeated", "focus",
    "told_around", "told_around_source", "told_after",
    "acting_before", "predicate", "named_beside", "last_subject", "last_source", "last_person", "judged",
    # Told without marks.
    "told_that", "told_to", "told_infinitive", "told_question", "told_state", "told_incise", "told_according",
    # By hand, and not at all.
    "corrected", "none",
)  # fmt: skip
"""All rules: the name that stands in data, which is English."""


def rule_in_words(rule: str, language: str | None = None) -> str:
    """Give the name of a rule in a language (default: the one spoken); one that isn't ours stays.

    >>> rule_in_words("told_that"), rule_in_words("told_that", "fr")
    ('told_that', 'indirect : que')
    """
    with speaking(language or spoken()):
        return in_context(OF_RULES, rule)
