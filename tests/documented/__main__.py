"""Write what the pages say the program prints: ``python -m tests.documented``. Read the diff."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.documented import commands
from tests.documented.pages import PAGES, as_it_runs, language_of
from tests.documented.terminal import ROOT


def record() -> None:
    """Write the pages anew."""
    now = {commands.PAGE: commands.page_in(language_of(commands.PAGE))}
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            now.setdefault(page, as_it_runs(page, Path(folder)))
    for page, text in now.items():
        path = ROOT / page
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(page)


if __name__ == "__main__":
    record()
