"""How often is each rule right? Writes quotes/extraction/data/confidence.txt from annotated articles.

    python bench/calibrate.py GOLD_DIR            prints the table
    python bench/calibrate.py GOLD_DIR --write    also writes it

An answer is a quote with a speaker; it is right if the quote is one and the speaker is the gold's.
Rules with few answers are drawn towards the share of all answers together (five answers' worth).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from quotes import extract
from quotes.evaluation import Answer, evaluate
from quotes.extraction.confidence import mention_kind

TABLE = Path(__file__).parent.parent / "quotes" / "extraction" / "data" / "confidence.txt"
HEAD = """\
# The share of right answers by rule and by what the source is printed as, measured by
# bench/calibrate.py. An answer is a quote with a speaker.
# rule;mention;confidence;answers
"""
PRIOR = 5


def shares(answers: list[Answer]) -> list[tuple[str, str, float, int]]:
    overall = sum(a.right for a in answers) / len(answers)
    by_rule: dict[str, list[bool]] = defaultdict(list)
    by_both: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for answer in answers:
        by_rule[answer.rule].append(answer.right)
        by_both[answer.rule, mention_kind(answer.mention)].append(answer.right)
    rows = []
    for rule, rights in sorted(by_rule.items()):
        share = (sum(rights) + PRIOR * overall) / (len(rights) + PRIOR)
        rows.append((rule, "", share, len(rights)))
        for (name, mention), some in sorted(by_both.items()):
            if name == rule and mention:
                rows.append((rule, mention, (sum(some) + PRIOR * share) / (len(some) + PRIOR), len(some)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    answers = evaluate(arguments.gold, extract).answers
    if not answers:
        sys.exit(f"no answers in {arguments.gold}: a folder of NAME.txt with NAME.json is wanted")
    lines = [
        f"{rule};{mention};{share:.2f};{number}\n" for rule, mention, share, number in shares(list(answers))
    ]
    sys.stdout.writelines(lines)
    if arguments.write:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
