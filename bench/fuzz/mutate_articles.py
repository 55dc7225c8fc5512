"""Extraction from mutated articles: whatever is done to a text, nothing may be raised.

    python bench/fuzz/mutate_articles.py TEXT_DIR --texts 100000 [--longest 3000] [--seed 1]
                                           [--failures FOLDER]

``TEXT_DIR`` holds ``*.txt``. Each text is a stretch of one of them to which something was done that
happens to texts (a lost mark, a doubled paragraph, another encoding) or that nothing hinders
(:mod:`tests.mutation`). What must hold is :func:`tests.invariants.check`. Each failure is printed with
its seed, and its text written to ``FOLDER``; the exit status is 1 if there were any.
"""

from __future__ import annotations

import argparse
import random
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import quotes
from tests.invariants import check
from tests.mutation import mutated, stretch


def main() -> int:
    arguments = _arguments()
    paths = sorted(Path(arguments.text_dir).glob("*.txt"))
    articles = [path.read_text(encoding="utf-8") for path in paths]
    if not articles:
        sys.exit(f"{arguments.text_dir}: no .txt files")
    failures = 0
    for number in range(arguments.texts):
        chance = random.Random(f"{arguments.seed}/{number}")
        text = mutated(stretch(chance.choice(articles), chance, arguments.longest), articles, chance)
        try:
            check(text, quotes.extract(text))
        except Exception as error:
            failures += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{number}: {type(error).__name__} {error} ({where.name}:{where.lineno})", flush=True)
            if arguments.failures:
                folder = Path(arguments.failures)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{number}.txt").write_text(text, encoding="utf-8", errors="surrogatepass")
    print(f"{arguments.texts:,} texts, {failures} failures")
    return bool(failures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text_dir", help="folder of articles, one .txt each")
    parser.add_argument("--texts", type=int, default=10_000, help="how many texts to try")
    parser.add_argument("--longest", type=int, default=3_000, help="code points of a stretch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", help="folder for the texts that failed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
