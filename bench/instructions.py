"""How many machine instructions does a pass over some articles take? The same figure, whatever else runs.

    python bench/instructions.py TEXT_DIR [--every 5]

Timings of one machine differ by a twentieth from run to run, this by less than a thousandth, so that a
change of one in a hundred is seen. It needs valgrind, and takes a minute. Two runs, of one pass and of three:
half of what they differ by is a pass without the start. Instructions aren't time: measure that, too
(``extract.py``).
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_PASSES = """
import sys
from pathlib import Path
import quotes
texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]]
for _ in range(int(sys.argv[1])):
    for text in texts:
        quotes.extract(text, model="never")
"""
_COUNT = re.compile(r"Collected : (\d+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text_dir", type=Path, help="folder of articles, one .txt each")
    parser.add_argument("--every", type=int, default=5, help="take every so many articles")
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not installed: `apt-get install valgrind`, or ask your system for it")
    articles = sorted(arguments.text_dir.glob("*.txt"))[:: arguments.every]
    if not articles:
        sys.exit(f"{arguments.text_dir}: no .txt files")
    # What isn't compiled would be in the first run, and counted.
    compileall.compile_dir(ROOT / "quotes", quiet=1)
    once, thrice = (instructions(passes, articles) for passes in (1, 3))
    print(f"{len(articles)} articles: {(thrice - once) / 2e6:,.1f} million instructions a pass")


def instructions(passes: int, articles: list[Path]) -> int:
    """All that a process executes that starts, and reads some articles so many times."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    run = subprocess.run(
        [*valgrind, sys.executable, "-c", _PASSES, str(passes), *map(str, articles)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = _COUNT.search(run.stderr)
    if run.returncode or found is None:
        sys.exit(f"valgrind: {run.stderr.strip()[-400:]}")
    return int(found[1])


if __name__ == "__main__":
    main()
