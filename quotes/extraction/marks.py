"""What stands beside a quotation mark: spaces, the end of a sentence, who says it."""

from __future__ import annotations

import re
from enum import Enum

from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

_BEFORE = "([{'’-–—/«“‹"  # an opening mark may touch these
_AFTER = ",.;:!?…)]}»”›"  # a closing mark these
_TERMINAL = ".!?…:"
_BLANKS = " \t\u00a0\u202f\n"
_INCISE = re.compile(
    r"[,!?…]\s+(?:se\s|s['’]|lui\s|l['’]|leur\s)?(?P<verb>[^\W\d_]+)(?P<clitic>-(?:t-)?(?:ils?|elles?|on))?"
    r"(?:\s(?P<next>[^\W\d_]+(?:['’]\w?)?))?"
)
_CUE = re.compile(
    r"\s*,?\s*(?:se\s|s['’]|lui\s|l['’])?(?P<verb>[^\W\d_]+)(?P<clitic>-(?:t-)?(?:ils?|elles?|on))?"
    r"(?:\s(?P<next>[^\W\d_]+(?:['’]\w?)?)\.?)?(?:\s(?P<third>[^\W\d_]+))?"
)
_ARTICLES = frozenset({"le", "la", "les", "un", "une", "ce", "cet", "cette", "son", "sa", "des", "de"})
_ELIDED = ("l'", "l’", "d'", "d’")


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
        if _says(match["verb"], match["next"]) and (match["clitic"] or _subject(match, text)):
            return match.start() + (text[match.start()] != ",")
    return -1


def cue_after(text: str, at: int) -> bool:
    """Whether somebody is named who says what ends at ``at``: "», a déclaré la maire"."""
    match = _CUE.match(text, at)
    return (
        match is not None
        and not match["clitic"]
        and _says(match["verb"], match["next"])
        and _subject(match, text)
    )


def _says(verb: str, following: str | None) -> bool:
    low = verb.lower()
    if low in AUXILIARIES:
        low = (following or "").lower()
        return any(f.mood == "past_participle" and _incises(f.lemma) for f in FORMS.get(low, ()))
    return any(f.mood == "indicative" and f.person == 3 and _incises(f.lemma) for f in FORMS.get(low, ()))


def _incises(lemma: str) -> bool:
    return any("incise" in verb.constructions for verb in VERBS.get(lemma, ()))


def _subject(match: re.Match[str], text: str) -> bool:
    """Whether a name or an article follows the verb."""
    following = match["next"] or ""
    if match["verb"].lower() in AUXILIARIES:
        rest = text[match.end("next") :][:40].lstrip(_BLANKS)
        following = re.split(r"\s", rest, maxsplit=1)[0]
    low = following.lower()
    return following[:1].isupper() or low in _ARTICLES or low.startswith(_ELIDED)
