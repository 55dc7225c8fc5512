"""What the encoder is asked: a stretch of speech, and who may have said it. Values only, nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Where a candidate is named or described: offsets in code points, half-open."""

    start: int
    end: int
    subject: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One source that may be meant, as far as the encoder is told: its sort and its mentions, ascending."""

    type: str
    gender: str | None
    plural: bool
    has_role: bool
    mentions: tuple[Mentioned, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch whose speaker is asked for."""

    start: int
    end: int
    told: bool
    candidates: tuple[Candidate, ...]
