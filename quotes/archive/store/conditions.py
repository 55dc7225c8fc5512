"""Conditions of a query in SQL, gathered one by one."""

from __future__ import annotations

from typing import Any


class Conditions:
    """SQL conditions on ``quotes q`` and their parameters."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self.parameters: dict[str, Any] = {}

    def add(self, sql: str, **parameters: Any) -> None:
        """Add a condition that must hold too."""
        self.sql.append(sql)
        self.parameters.update(parameters)

    def where(self) -> str:
        """Write them as a WHERE clause, or nothing."""
        return f"WHERE {' AND '.join(self.sql)}" if self.sql else ""


def like_words(folded: str) -> list[str]:
    """Give the patterns by which whole words of a folded name are found between spaces."""
    return [f"% {word} %" for word in folded.split()]
