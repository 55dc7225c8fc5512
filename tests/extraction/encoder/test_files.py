"""The encoder's files are those that were trained, and light enough to be sent with the program."""

from __future__ import annotations

import hashlib
from importlib.resources import files

DATA = files("quotes.extraction.encoder").joinpath("data")
HEAVIEST = 40_000_000  # bytes, all together


def test_each_file_is_the_one_that_was_written() -> None:
    lines = DATA.joinpath("SHA256SUMS").read_text(encoding="ascii").splitlines()
    written = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(written) == {"encoder.onnx", "heads.npz", "pieces.json"}
    for name, digest in written.items():
        assert hashlib.sha256(DATA.joinpath(name).read_bytes()).hexdigest() == digest


def test_the_files_are_light() -> None:
    assert sum(len(entry.read_bytes()) for entry in DATA.iterdir()) <= HEAVIEST
