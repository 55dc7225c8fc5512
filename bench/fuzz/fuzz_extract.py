"""Coverage-guided fuzzing of ``quotes.extract`` with atheris.

    pip install "quotes[bench]"
    python bench/fuzz/fuzz_extract.py -max_total_time=180 [CORPUS_DIR]

Every byte of the input chooses a piece of French, a mark or a stray character, so that most inputs
read like an article gone wrong; the rest is taken as the text itself. What must hold is
:func:`tests.invariants.check`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["quotes"]):
    import quotes
    import quotes.extraction.extract  # otherwise imported at the first call, without instruments
    import quotes.reading.zones

from tests.invariants import PIECES, check


def one_input(data: bytes) -> None:
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        text = provider.ConsumeUnicodeNoSurrogates(2_000)
    else:
        text = "".join(PIECES[byte % len(PIECES)] for byte in provider.ConsumeBytes(600))
    check(text, quotes.extract(text))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
