"""How often is each rule right? Writes quotes/extraction/data/confidence.txt from annotated articles.

    python bench/calibrate.py GOLD_DIR            prints the table
    python bench/calibrate.py GOLD_DIR --write    also writes it
    python bench/calibrate.py GOLD_DIR --check    instead: five parts of the articles, each judged by a
                                                  table made from the other four

An answer is a quote with a speaker; it is right if the quote is one and the speaker is the gold's.
Rules with few answers are drawn towards the share of all answers together (fifteen answers' worth), and
nothing is surer than 0.96: what was never wrong here will be wrong elsewhere.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from pathlib import Path

from quotes import extract
from quotes.evaluation import Answer, calibration, evaluate
from quotes.extraction.confidence import mention_kind

TABLE = Path(__file__).parent.parent / "quotes" / "extraction" / "data" / "confidence.txt"
HEAD = """\
# The share of right answers by rule and by what the source is printed as, measured by
# bench/calibrate.py. An answer is a quote with a speaker.
# rule;mention;confidence;answers
"""
PRIOR = 15
MOST = 0.96
PARTS = 5


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
        rows.append((rule, "", min(share, MOST), len(rights)))
        for (name, mention), some in sorted(by_both.items()):
            if name == rule and mention:
                both = (sum(some) + PRIOR * share) / (len(some) + PRIOR)
                rows.append((rule, mention, min(both, MOST), len(some)))
    return rows


def check(answers: list[Answer]) -> None:
    """Print how often answers are right, by a confidence in which their own articles had no part."""
    judged: list[tuple[float, bool]] = []
    for part in range(PARTS):
        rows = shares([answer for answer in answers if part_of(answer) != part])
        table = {(rule, mention): share for rule, mention, share, _ in rows}
        for answer in answers:
            if part_of(answer) == part:
                rule = table.get((answer.rule, ""), 0.5)
                judged.append((table.get((answer.rule, mention_kind(answer.mention)), rule), answer.right))
    for row in calibration(judged):
        if row.answers:
            print(f"{row.low:.2f}–{row.high:.2f} {row.answers:5} {row.share:.2f} right {row.mean:.2f} said")


def part_of(answer: Answer) -> int:
    return int(hashlib.sha256(answer.article.encode()).hexdigest(), 16) % PARTS


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    answers = list(evaluate(arguments.gold, extract).answers)
    if not answers:
        sys.exit(f"no answers in {arguments.gold}: a folder of NAME.txt with NAME.json is wanted")
    if arguments.check:
        check(answers)
        return
    lines = [f"{rule};{mention};{share:.2f};{number}\n" for rule, mention, share, number in shares(answers)]
    sys.stdout.writelines(lines)
    if arguments.write:
        TABLE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
