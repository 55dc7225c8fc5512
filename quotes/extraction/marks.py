"""What stands beside a quotation mark: spaces, the end of a sentence, who says it."""

from __future__ import annotations

import re
from enum import Enum
from itertools import islice

from quotes.french.grammar import word_class
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

_BEFORE = "([{'’-–—/«“‹"  # an opening mark may touch these
_AFTER = ",.;:!?…)]}»”›"  # a closing mark these
_TERMINAL = ".!?…:"
_BLANKS = " \t\u00a0\u202f\n"
_INCISE = re.compile(r"[,!?…]\s+(?:se\s|s['’]|lui\s|l['’]|leur\s)?(?=[^\W\d_])")
_CUE = re.compile(r"\s*+(?:,\s*+)?(?:se\s|s['’]|lui\s|l['’]|leur\s)?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+['’]?|-(?:t-)?(?:ils?|elles?|on)\b|[^\s]")
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "ce", "cet", "cette", "son", "sa", "des", "l'", "d'"})
_MOST_WORDS = 7  # that may stand from a verb to its subject
_ADVERBS = word_class("adverbs") | word_class("adverbs_of_time") | frozenset({"de", "à", "en"})


class Side(Enum):
    """What a mark can be, by the characters beside it."""

    OPENS = 1
    CLOSES = 2
    EITHER = 3


def side_of(text: str, at: int) -> Side:
    """Whether the mark at ``at`` can only open ("il dit «Oui"), or only close ("Oui», dit-il")."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    opens = before.isspace() or before in _BEFORE
    closes = after.isspace() or after in _AFTER
    if opens == closes:
        return Side.EITHER
    return Side.OPENS if opens else Side.CLOSES


def starts_sentence(text: str, at: int) -> bool:
    """Whether a sentence is over before the mark at ``at`` and another begins after it."""
    before = text[max(0, at - 3) : at].rstrip(_BLANKS)[-1:]
    after = text[at + 1 : at + 4].lstrip(_BLANKS)[:1]
    return bool(before) and before in ".!?…" and after.isupper()


def incise_in(text: str, start: int, end: int) -> int:
    """Where the first incise between two offsets begins, at its comma; -1 if there is none.

    "Nous partons, dit Paul Roy, ingénieur": a verb of saying after a comma, and its subject after it.
    """
    for match in _INCISE.finditer(text, start, end):
        if _says(text, match.end(), clitic=True):
            return match.start() + (text[match.start()] != ",")
    return -1


def cue_after(text: str, at: int) -> bool:
    """Whether somebody is named who says what ends at ``at``: "», a déclaré la maire"."""
    match = _CUE.match(text, at)
    return match is not None and _says(text, match.end(), clitic=False)


def _says(text: str, at: int, *, clitic: bool) -> bool:
    """Whether a verb of saying and its subject stand at ``at``; a pronoun for one if ``clitic``."""
    words = [m.group().replace("’", "'") for m in islice(_WORD.finditer(text, at), _MOST_WORDS)]
    compound = words[0].lower() in AUXILIARIES
    said = inverted = False
    for word in words[compound:]:
        low = word.lower()
        if low.startswith("-"):
            inverted = True
        elif not said and _is_cue(low, compound):
            said = True
        elif said and not inverted and (word[0].isupper() or low in _ARTICLES):
            return True
        elif (low not in _ADVERBS and not low.endswith("ment")) or (not said and not compound):
            break
    return said and inverted and clitic


def _is_cue(low: str, compound: bool) -> bool:
    return any(
        (form.mood == "past_participle" if compound else form.mood == "indicative" and form.person == 3)
        and any("incise" in verb.constructions for verb in VERBS.get(form.lemma, ()))
        for form in FORMS.get(low, ())
    )
