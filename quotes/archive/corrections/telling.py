"""What a change by hand was, in the language of whoever asks: the journal itself is written in English.

The sentence is made anew from what the journal holds of the change. A summary that isn't written as it is
written today is told as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotes.archive.articles import edits
from quotes.archive.corrections.overlay import Change, correction_of
from quotes.archive.speakers import who_is_who
from quotes.archive.store.journal import Recorded
from quotes.messages import ENGLISH, _, speaking, spoken

_OF_QUOTE = re.compile(r"quote (?P<number>\d+) « (?P<words>.*) »", re.DOTALL)
_OF_ARTICLE = re.compile(r"article (?P<number>\d+): ")
_PARTED = re.compile(r"(?P<names>.*) in (?P<where>quote|article) (?P<numbers>\d+(?:, \d+)*)", re.DOTALL)


def corrected(quote_id: int, words: str, change: Change) -> str:
    """Say in the language spoken how a quote was corrected; ``words`` are its first ones."""
    return _("quote {number} « {words} »: {said}").format(number=quote_id, words=words, said=_said(change))


def summary_of(entry: Recorded, language: str | None = None) -> str:
    """Say what a change was, in a language (default: the one spoken)."""
    with speaking(language or spoken()):
        return next(_told(entry), entry.summary)


def _told(entry: Recorded) -> Iterator[str]:
    summary = entry.summary
    for values in entry.after.get("articles", {}).values():
        if of_article := _OF_ARTICLE.match(summary):
            yield edits.mended(int(of_article["number"]), values)
    parted = _PARTED.fullmatch(summary) if entry.action == who_is_who.SPLIT else None
    if parted:
        yield who_is_who.parted(parted["names"], parted["where"], parted["numbers"])
    for image in entry.after.get("corrections", {}).values():
        change = correction_of(image).change
        with speaking(ENGLISH):
            end = f": {_said(change)}"
        of_quote = _OF_QUOTE.fullmatch(summary.removesuffix(end)) if summary.endswith(end) else None
        if of_quote:
            yield corrected(int(of_quote["number"]), of_quote["words"], change)


def _said(change: Change) -> str:
    said = []
    if change.not_a_quote:
        said.append(_("not a quote"))
    if change.speaker or change.no_speaker:
        said.append(_("speaker {name}").format(name=change.speaker.name if change.speaker else _("unknown")))
    if change.role or change.no_role:
        said.append(_("role {role}").format(role=change.role or _("none")))
    return ", ".join(said) or _("accepted")


def what_of(entry: Recorded) -> str:
    """Say whom or what a change was about, in words of no language: a quote by its number, or names."""
    if of_quote := re.match(r"quote (\d+) («.*») *:", entry.summary, re.DOTALL):
        return f"#{of_quote[1]} {of_quote[2]}"
    parted = _PARTED.fullmatch(entry.summary)
    return parted["names"] if parted else entry.summary
