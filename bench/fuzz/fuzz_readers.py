"""Coverage-guided fuzzing of the readers with atheris.

    pip install "quotes[bench,dev]"
    python bench/fuzz/fuzz_readers.py -max_total_time=180 [CORPUS_DIR]

The first byte of the input chooses a format; of the others, each chooses a piece of files of that
format, or they are taken as the file itself. What must hold is
:func:`tests.reading.pieces_of_formats.check`: sound articles or a line that says why not, no exception.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["quotes"]):
    import quotes.reading.documents
    import quotes.reading.exports
    import quotes.reading.feeds
    import quotes.reading.mail
    import quotes.reading.pages
    import quotes.reading.tables
    import quotes.reading.warc  # noqa: F401 - all are imported at the first file of their format

from tests.reading.pieces_of_formats import COMMON, PIECES, check

SUFFIXES = sorted(PIECES)


def one_input(data: bytes) -> None:
    if len(data) < 2:
        return
    suffix = SUFFIXES[data[0] % len(SUFFIXES)]
    rest = data[2:]
    if data[1] % 2:
        pieces = [*COMMON, *PIECES[suffix]]
        rest = b"".join(pieces[byte % len(pieces)] for byte in rest[:200])
    check(FOLDER, suffix, rest)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FOLDER = Path(folder)
        atheris.Setup(sys.argv, one_input)
        atheris.Fuzz()
