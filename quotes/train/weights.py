"""Weight files: ``clue;weight`` a line, in the order of their names, with what they were learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, question: str, weights: Mapping[str, float], comment: str) -> None:
    """Write the weights of one question; the same weights give the same bytes."""
    lines = [f"# {line}\n" for line in comment.splitlines()]
    lines += [f"{clue};{weight:.3f}\n" for clue, weight in sorted(weights.items())]
    (folder / f"{question}.txt").write_text("".join(lines), encoding="utf-8")
