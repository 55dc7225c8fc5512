"""Replies of an interview that stand without marks: "— …", "R : …", "Jeanne Roy : …", "J. R. – …"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotes.extraction.detect import Quotation
from quotes.model import Zone, ZoneKind

_SILENT = frozenset({ZoneKind.TEASER, ZoneKind.BOILERPLATE, ZoneKind.COMMENTS, ZoneKind.BYLINE})
_LABEL = re.compile(
    r"\s*(?P<label>[A-ZÉÈÀÎÔÂÇ][\w’'.-]*"
    r"(?:[ \u00a0](?:d[eu’']|la|le|van|von|El|[A-ZÉÈÀÎÔÂÇ][\w’'.-]*)){0,4}?)"
    r"[ \u00a0]?(?:[:][ \u00a0]?|\.[ \u00a0]?[–—-][ \u00a0]|[ \u00a0][–—][ \u00a0])(?=\S)"
)
_DASH = re.compile(r"\s*[—–-][ \u00a0](?=\S)")
_MARKED = re.compile(r"\s*[«“\"]")
_FEWEST = 2  # replies; fewer is no interview


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: the words (``start``–``end``) and the label before them, ``None`` after a bare dash."""

    start: int
    end: int
    label: str | None


def find_replies(text: str, zones: Sequence[Zone]) -> list[Reply]:
    """The replies of an interview without marks, in order; none where the text is no interview."""
    lines = [z for z in zones if z.kind not in _SILENT]
    return _labelled(text, lines) or _dashed(text, lines)


def as_quotations(replies: Sequence[Reply], quotations: Sequence[Quotation]) -> list[Quotation]:
    """Replies and quotations in order; what stands in marks inside a reply belongs to it."""
    found = [Quotation(r.start, r.end, r.start, r.end, "—") for r in replies]
    inside = 0
    for quotation in quotations:
        while inside < len(replies) and replies[inside].end <= quotation.outer_start:
            inside += 1
        if inside < len(replies) and quotation.outer_end > replies[inside].start:
            continue
        found.append(quotation)
    return sorted(found, key=lambda q: q.outer_start)


def _labelled(text: str, lines: Sequence[Zone]) -> list[Reply]:
    """Lines that begin with a speaker's label; the label that asks is the interviewer's."""
    labels = [_LABEL.match(text, z.start, z.end) for z in lines]
    counts = Counter(m.group("label") for m in labels if m)
    if sum(counts.values()) < 3 or len(counts) < 2 or max(counts.values()) < _FEWEST:
        return []
    asking: Counter[str] = Counter()
    for zone, match in zip(lines, labels, strict=True):
        if match and text[match.end() : zone.end].rstrip().endswith("?"):
            asking[match.group("label")] += 1
    askers = {label for label, asked in asking.items() if asked * 2 > counts[label]} | {"Q"}
    if not askers & set(counts):
        return []
    found: list[Reply] = []
    for zone, match in zip(lines, labels, strict=True):
        if match is None or match.group("label") in askers or counts[match.group("label")] < 1:
            continue
        if _MARKED.match(text, match.end(), zone.end):
            continue
        label = match.group("label")
        found.append(
            Reply(match.end(), _trimmed(text, match.end(), zone.end), None if label == "R" else label)
        )
    return found if len(found) >= _FEWEST else []


def _dashed(text: str, lines: Sequence[Zone]) -> list[Reply]:
    """Lines that begin with a dash and answer a line that ends with a question mark."""
    found: list[Reply] = []
    for before, zone in pairwise(lines):
        match = _DASH.match(text, zone.start, zone.end)
        if (
            match
            and text[before.start : before.end].rstrip().endswith("?")
            and not text[zone.start : zone.end].rstrip().endswith("?")
        ):
            found.append(Reply(match.end(), _trimmed(text, match.end(), zone.end), None))
    return found if len(found) >= _FEWEST else []


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
