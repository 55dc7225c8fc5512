"""The floors of the house: who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import pytest

PACKAGE = Path(__file__).parents[1] / "quotes"
MODULES = {path: path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(PACKAGE.rglob("*.py"))}

# Each floor, with the floors it may stand on. ``quotes`` itself is the shop window over extraction.
FLOORS: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "messages": set(),
    "extras": set(),
    "contract": {"model"},
    "french": {"model", "errors"},
    "extraction": {"model", "errors", "extras", "french"},
    "reading": {"model", "errors", "extras", "french"},
    "archive": {"model", "errors", "extras", "messages", "contract"},
    "ingest": {"model", "errors", "reading", "extraction", "archive"},
    "corpus": {"__init__", "model", "errors", "extras", "reading", "extraction", "archive", "ingest"},
    "evaluation": {"model", "errors"},
    "train": {"model", "errors", "extras", "evaluation", "extraction", "reading", "archive", "__init__"},
    "component": {"__init__", "model", "errors", "extraction", "reading"},
    "__init__": {"model", "errors", "extraction", "reading"},
}
TOPMOST = {"cli", "web"}
# The rooms of the archive, each with the rooms that it may look into; the values that all of them speak
# of and the facade over them all lie beside the rooms.
ROOMS: dict[str, set[str]] = {
    "values": set(),
    "store": {"values"},
    "speakers": {"values", "store"},
    "search": {"values", "store", "speakers"},
    "wordings": {"values", "store", "speakers", "search"},
    "articles": {"values", "store", "speakers", "search", "wordings"},
    "corrections": {"values", "store", "speakers", "search", "wordings", "articles"},
    "versions": {"values", "store", "speakers", "search", "wordings", "articles", "corrections"},
    "soundness": {"values", "store", "speakers", "search", "wordings", "articles", "corrections"},
    "export": {"values", "store", "search", "wordings"},
}
FACADE = {"archive", "browsing", "answers", "__init__"}
# Lines of a module: more than this a reader doesn't hold in mind. The grammar is not there yet.
LONGEST = 500
LARGE_FLOORS = {"extraction", "french"}
# Only spaCy itself asks for the component; nobody here may import it.
OF_SPACY = "component"
# What a module may not be called: such a name says that nobody knew where its functions belong.
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}


def floor(path: Path) -> str:
    return MODULES[path][0]


def imports(path: Path, *, typing: bool = True) -> Iterator[str]:
    """The full names of the modules that a file imports, anywhere in it; ``from a import b`` gives both.

    ``typing``: also those that only a checker of types reads.
    """
    package = ["quotes", *MODULES[path][:-1]]
    for node in nodes(ast.parse(path.read_text(encoding="utf-8")), typing=typing):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield source
            yield from (f"{source}.{alias.name}" for alias in node.names)


def nodes(tree: ast.AST, *, typing: bool) -> Iterator[ast.AST]:
    """All nodes of a tree; without ``typing`` those under ``if TYPE_CHECKING`` are left out."""
    for node in ast.iter_child_nodes(tree):
        if typing or not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield node
            yield from nodes(node, typing=typing)


def floors_used(path: Path) -> set[str]:
    """The floors of this package that a file stands on, its own aside."""
    found = {name.split(".")[1] for name in imports(path) if name.startswith("quotes.")}
    known = {parts[0] for parts in MODULES.values()}
    return (found & known) - {floor(path)}


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) not in TOPMOST], ids=str)
def test_a_floor_knows_only_the_floors_under_it(path: Path) -> None:
    assert floor(path) in FLOORS, f"quotes/{floor(path)} has no place in the house: give it one in FLOORS"
    assert floors_used(path) <= FLOORS[floor(path)]


def room(path: Path) -> str:
    return MODULES[path][1]


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) == "archive"], ids=str)
def test_arrows_between_the_rooms_of_the_archive_go_one_way(path: Path) -> None:
    if room(path) in FACADE:
        return
    assert room(path) in ROOMS, f"quotes/archive/{room(path)} is no room yet: give it its place in ROOMS"
    used = {name.split(".")[2] for name in imports(path) if name.startswith("quotes.archive.")}
    assert used & (ROOMS.keys() | FACADE) - {room(path)} <= ROOMS[room(path)]


def test_the_rooms_are_in_an_order() -> None:
    known: set[str] = set()
    for name, under in ROOMS.items():
        assert under <= known
        known.add(name)


def circle(arrows: dict[str, set[str]]) -> list[str]:
    """A way along the arrows that comes back to where it began; empty where there is none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name not in done:
            for other in sorted(arrows.get(name, ())):
                if found := walk(other, [*way, name]):
                    return found
            done.add(name)
        return []

    return next((found for name in sorted(arrows) if (found := walk(name, []))), [])


def named(path: Path) -> str:
    return ".".join(["quotes", *MODULES[path]]).removesuffix(".__init__")


def test_no_module_is_imported_by_what_it_imports() -> None:
    """Imports inside functions count; those that only a checker of types reads don't."""
    modules = {named(path) for path in MODULES}
    arrows: dict[str, set[str]] = {}
    for path in MODULES:
        # ``from a import b`` gives a as well, although only the module a.b is meant where there is one.
        found = set(imports(path, typing=False)) & modules - {named(path)}
        packages = {name for name in found if any(other.startswith(f"{name}.") for other in found)}
        arrows[named(path)] = found - packages
    assert circle(arrows) == []


def test_circles_are_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) not in LARGE_FLOORS], ids=str)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) == "extraction"], ids=str)
def test_extraction_never_sees_the_database(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & {"sqlalchemy", "alembic", "sqlite3"}


@pytest.mark.parametrize("path", [path for path in MODULES if floor(path) == "web"], ids=str)
def test_pages_ask_the_facade_and_have_no_sql(path: Path) -> None:
    used = set(imports(path))
    assert not {name.split(".")[0] for name in used} & {"sqlalchemy", "alembic", "sqlite3", "psycopg"}
    assert not {name for name in used if name.startswith(("quotes.archive.store", "quotes.cli"))}
    assert "SELECT " not in path.read_text(encoding="utf-8")


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


PAGE = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(quotes(?:\.\w+)+)`", PAGE))))
def test_functions_on_the_page_of_the_house_are_there(name: str) -> None:
    resolve_name(name)


@pytest.mark.parametrize(
    "place", sorted(set(re.findall(r"`((?:quotes|tests|bench|migrations)/[\w/.]*)`", PAGE)))
)
def test_places_on_the_page_of_the_house_are_there(place: str) -> None:
    assert (PACKAGE.parent / place).exists()


def test_the_drawing_has_all_rooms_and_floors() -> None:
    drawn = set(re.findall(r"(\w+)\[\"", PAGE))
    assert ROOMS.keys() - {"values"} <= drawn | {"archive"}
    folders = {floor(path) for path in MODULES if len(MODULES[path]) > 1}
    assert folders <= drawn
