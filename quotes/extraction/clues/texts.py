"""Texts that speak, whoever has to do with them: "Léa Roy s'oppose à | une loi qui prévoit « … »"."""

from __future__ import annotations

from quotes.extraction.clues.question import Question
from quotes.extraction.entities import DOCUMENT
from quotes.extraction.proper_names import RELATIVES
from quotes.extraction.texts import VERBS_OF_TEXTS, WITHOUT_AUTHOR, is_law
from quotes.french.grammar import word_class

_TELLING = frozenset({"that", "colon", "fragment", "participle"})
_OF_LAWS = _TELLING | {"according", "colon_alone", "as_said"}
_ANYWHERE = frozenset({"according", "as_said"})
_OUTER = ("incise", "incise_far", "according", "according_somewhere")
_DONE_BY_TEXTS = VERBS_OF_TEXTS | word_class("verbs_of_studies")


def does_itself(question: Question) -> bool:
    """Whether a text is read, or does what texts do, before the marks: "une loi qui interdit « … »".

    Not "L'audit démontre que « … », dit Jeanne Roy".
    """
    phrase, answer, rule = question.phrase, question.answer, question.rule
    if answer is None or answer.type is not DOCUMENT or phrase is None:
        return False
    if rule == "cited":
        return True  # « … » (Mc 1, 17)
    if phrase.noun is None or phrase.noun.kind != "document":
        return False
    behind = question.cue is not None and question.cue[0] > question.position
    if behind and rule not in _ANYWHERE:
        return False
    proposed = question.proposals
    if any(other in proposed and proposed[other][0] is not answer for other in _OUTER):
        return False
    if rule == "according" and question.cue is not None:
        low = question.carrier.tokens[question.cue[1] - 1].low
        if low in RELATIVES:
            return True  # "un rapport | selon lequel « … »"
    if rule == "read_in" or (rule in _OF_LAWS and phrase.head in WITHOUT_AUTHOR):
        return True
    if rule not in _TELLING or (phrase.number == "p" and rule == "fragment"):
        return False  # "Des rapports font état d'un « malaise »"
    does = rule in proposed and proposed[rule][1].lemma in _DONE_BY_TEXTS
    return does or is_law(question.carrier.tokens, phrase)
