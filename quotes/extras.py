"""What a plain installation leaves out since it weighs, and what to type to have it."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Literal

Extra = Literal[
    "cluster", "duckdb", "encoder", "parquet", "plot", "plot-png", "postgres", "train", "train-encoder", "web"
]


def how_to_add(extra: Extra) -> str:
    """The command that adds an extra to this very installation, whether it came from an index or a checkout.

    It names the interpreter that runs now unless ``python`` is that one: a bare ``pip`` may be another's.
    pip takes the ``quotes`` that is installed for what is asked, and asks no index for it. Where nothing is
    installed, the checkout is named by its folder.
    """
    return f"{_python()} -m pip install '{_quotes()}[{extra}]'"


def _python() -> str:
    running = Path(sys.executable)
    # Installed programs name it with its version. Links are not followed: the interpreters of all virtual
    # environments lead to one file.
    plain = running.with_name("python")
    found = shutil.which("python")
    if found and Path(found).absolute() in {plain, running}:
        return "python"
    return _shortest(plain if plain.exists() else running)


def _quotes() -> str:
    try:
        distribution("quotes")
    except PackageNotFoundError:
        here = _shortest(Path(__file__).parents[1])
        # pip takes a bare word for the name of a package.
        return here if os.sep in here or here == "." else f".{os.sep}{here}"
    return "quotes"


def _shortest(path: Path) -> str:
    """The path as seen from the current folder where it lies below it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
