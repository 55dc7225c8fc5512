"""The time that is written into rows."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Give the present moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
