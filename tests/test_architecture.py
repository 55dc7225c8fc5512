"""The floors of the house: who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "quotes"
MODULES = {path: path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(PACKAGE.rglob("*.py"))}

# Each floor, with the floors it may stand on. ``quotes`` itself is the shop window over extraction.
FLOORS: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "contract": {"model"},
    "french": {"model", "errors"},
    "extraction": {"model", "errors", "french"},
    "reading": {"model", "errors", "french"},
    "archive": {"model", "errors", "contract"},
    "evaluation": {"model", "errors"},
    "component": {"__init__", "model", "errors", "extraction", "reading"},
    "__init__": {"model", "errors", "extraction", "reading"},
}
TOPMOST = {"cli", "web"}
# Only spaCy itself asks for the component; nobody here may import it.
OF_SPACY = "component"
# What a module may not be called: such a name says that nobody knew where its functions belong.
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}


def floor(path: Path) -> str:
    return MODULES[path][0]


def imports(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, anywhere in it; ``from a import b`` gives both."""
    package = ["quotes", *MODULES[path][:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def floors_used(path: Path) -> set[str]:
    """The floors of this package that a file stands on, its own aside."""
    found = {name.split(".")[1] for name in imports(path) if name.startswith("quotes.")}
    known = {parts[0] for parts in MODULES.values()}
    return (found & known) - {floor(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) not in TOPMOST], ids=str)
def test_a_floor_knows_only_the_floors_under_it(path: Path) -> None:
    assert floor(path) in FLOORS, f"quotes/{floor(path)} has no place in the house: give it one in FLOORS"
    assert floors_used(path) <= FLOORS[floor(path)]


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) == "extraction"], ids=str)
def test_extraction_never_sees_the_database(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {"sqlalchemy", "alembic", "sqlite3"}


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) != OF_SPACY], ids=str)
def test_spacy_is_never_imported_at_the_door(path: Path) -> None:
    """``quotes search`` must not wait for spaCy: only a function may import it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
            assert not any(name.split(".")[0] == "spacy" for name in names)
    assert OF_SPACY not in floors_used(path)


@pytest.mark.parametrize("path", list(MODULES), ids=str)
def test_modules_are_called_by_what_they_hold(path: Path) -> None:
    assert not NAMELESS & set(MODULES[path])


def test_imports_are_read() -> None:
    """The tests above would hold for a reader of imports that finds nothing."""
    used = floors_used(PACKAGE / "cli" / "extract.py")
    assert {"contract", "reading"} <= used
    assert "french" in floors_used(PACKAGE / "extraction" / "attribute.py") | floors_used(
        PACKAGE / "extraction" / "cues.py"
    )
