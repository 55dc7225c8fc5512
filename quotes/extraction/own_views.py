"""Sources that a pronoun names: "selon elle", "à ses yeux", "de son propre aveu", "à l'entendre"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.adjectives import ADJECTIVAL
from quotes.extraction.carrier import IN_LISTS, Attribution, Carrier
from quotes.extraction.phrases import NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import DETERMINERS, PEOPLE, TAKING_UP
from quotes.extraction.subjects import BREAKS, main_subject
from quotes.extraction.tokens import QUOTE, Token
from quotes.french.grammar import word_class

_TONIC = {"lui": "il", "elle": "elle", "eux": "ils", "elles": "elles"}
_BEFORE_TONIC = frozenset({"selon", "après", "pour"})
_STANDING = word_class("verbs_of_seeming") | word_class("verbs_of_standing_for")
_IN_OBJECTS = DETERMINERS | IN_LISTS | {"comme"}
_OF_SEVERAL = frozenset({"leur", "leurs", "les"})
_ON_OTHERS = frozenset({"yeux", "entendre", "écouter", "croire"})  # whatever is told of whom
_WHO_SPEAK = PEOPLE | {"group", "organization"}


def _by_last_word() -> dict[str, list[tuple[str, ...]]]:
    views: dict[str, list[tuple[str, ...]]] = {}
    for view in sorted(word_class("own_views")):
        views.setdefault(view.rpartition(" ")[2], []).append(tuple(view.split()))
    return views


_VIEWS = _by_last_word()


def according_to_pronoun(carrier: Carrier, q: int) -> Attribution | None:
    """Selon elle, … / d'après lui / à ses yeux / le texte reste pour lui un « … »"""
    own = _own_view(carrier, q)
    if own is not None:
        return own
    tokens = carrier.tokens
    if carrier.words.isdisjoint(_BEFORE_TONIC) or carrier.words.isdisjoint(_TONIC):
        return None
    for j in [k for k, low in enumerate(carrier.lows[:-1]) if low in _BEFORE_TONIC]:
        low = tokens[j].low
        if tokens[j + 1].low in _TONIC:
            if low == "après" and (j == 0 or tokens[j - 1].low != "d'"):
                continue
            if low == "pour" and not (_set_off(tokens, j, j + 2) or _is_for(tokens, j, j + 2, q)):
                continue
            if j + 2 < len(tokens) and tokens[j + 2].low.startswith("-"):
                continue
            first = j - (low == "après")
            if not BREAKS.isdisjoint(carrier.lows[min(q, j) : max(q, j)]):
                continue
            return Attribution(
                "according",
                None,
                _TONIC[tokens[j + 1].low],
                (first, j + 2),
                "d'après" if low == "après" else low,
            )
    return None


def _own_view(carrier: Carrier, q: int) -> Attribution | None:
    """À ses yeux, … / à l'entendre, … / de son propre aveu, …: of who acts in the sentence, or did before."""
    if carrier.words.isdisjoint(_VIEWS):
        return None
    lows = carrier.lows
    for last, low in enumerate(lows):
        for view in _VIEWS.get(low, ()):
            at = last + 1 - len(view)
            if at < 0 or lows[at : last + 1] != view or not BREAKS.isdisjoint(lows[min(q, at) : max(q, at)]):
                continue
            if q < at and carrier.marked[-1] > at:
                continue  # "« A », le mot du maire, est à l'en croire | « B »"
            if any(g.finite and g.verb is not None and g.last <= at for g in carrier.verbs):
                continue  # "Il s'étonne d'un accord qui est à ses yeux | « vain »": that verb tells whose
            acting = main_subject(carrier, at if low in _ON_OTHERS else len(lows))
            pronoun = "" if _may_hold(acting) else "ses" if _OF_SEVERAL.isdisjoint(view) else "ils"
            lemma = "aux yeux de" if low == "yeux" else "selon"
            return Attribution("according", None if pronoun else acting, pronoun, (at, last + 1), lemma)
    return None


def _may_hold(phrase: Phrase | None) -> bool:
    """Whether a phrase is somebody who may have a view."""
    if phrase is None or phrase.kind is PRONOUN:
        return phrase is not None and phrase.head in TAKING_UP
    return phrase.noun.kind in _WHO_SPEAK if phrase.noun is not None else phrase.kind is NAME


def _set_off(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether commas set off what stands between two tokens: "Pour lui, …", "…, pour eux, …"."""
    opens = first == 0 or tokens[first - 1].text == ","
    return opens and last < len(tokens) and tokens[last].text == ","


def stands_for(carrier: Carrier, k: int, first: int, q: int) -> bool:
    """Whether marks hold what a thing is for the phrase ``k``: "Il reste | pour X et Y | un « symbole »"."""
    last = carrier.phrases[k].last
    if carrier.lows[last : last + 1] == ("et",) and k + 1 < len(carrier.phrases):
        last = carrier.phrases[k + 1].last
    last += last < q and carrier.lows[last].endswith(ADJECTIVAL)  # "les élus | locaux un « symbole »"
    return _is_for(carrier.tokens, first, last, q)


def _is_for(tokens: Sequence[Token], first: int, last: int, q: int) -> bool:
    """Whether "pour" at ``first`` follows what a thing is, which the marks after ``last`` hold."""
    return (
        first > 0
        and last < q
        and tokens[first - 1].low in _STANDING
        and all(t.kind is QUOTE or t.low in _IN_OBJECTS for t in tokens[last:q])
    )
