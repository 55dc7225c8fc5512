"""Record what the extraction reaches now: ``python -m tests.record``. Read the diff before you commit.

Writes anew which cases fail, and raises the floor under the figures where they have risen.
"""

from __future__ import annotations

import json
from math import floor

import quotes
from quotes.evaluation import evaluate
from tests.test_cases import CASES, HERE, differences, extracted
from tests.test_evaluation import FLOOR, FLOOR_INVENTED, gold_articles

HEAD = (
    '# Cases that fail today, "file/case: what is wrong"; a case that begins to pass has to leave the list.\n'
)


def record_failures() -> None:
    lines = []
    for name, case in CASES.items():
        if found := list(differences(case, extracted(name))):
            lines.append(f"{name}: {'; '.join(found)}".replace("\n", " ")[:200] + "\n")
    (HERE / "cases" / "known_failures.txt").write_text(HEAD + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} of {len(CASES)} cases fail")


def raise_floor(folder: str, floors: dict[str, dict[str, float]]) -> None:
    """Write what the figures of the articles of ``tests/FOLDER`` reach, where it is more than before."""
    raised = {}
    for name, figure in evaluate(gold_articles(folder), quotes.extract).figures.items():
        if name == "confidence":
            continue  # no figure that only rises: it says how far the others' answers can be trusted
        key = "f1" if "f1" in figure else "accuracy"
        before = floors.get(name, {}).get(key, 0.0)
        raised[name] = {key: max(before, floor((figure[key] or 0.0) * 100) / 100)}
        if raised[name][key] != before:
            print(f"{folder}: {name} {key}: {before} → {raised[name][key]}")
    (HERE / folder / "floor.json").write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record_failures()
    raise_floor("gold", FLOOR)
    raise_floor("invented", FLOOR_INVENTED)
