"""Makes the catalogue of what is said in French: ``python -m quotes.cli.catalogue``. Needs Babel.

Four sources: calls of ``_``, ``in_number`` and ``in_context``; the help of the commands; the
sentences of the floors below, which are read off what they raise and report; and what the framework of the
commands says by itself. A new message stands in ``quotes.po`` with an empty translation after a run; once it
is filled in, the next run compiles it.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import quotes
from quotes.cli.usage import METAVAR
from quotes.cli.wording import CONTEXT, VALUES
from quotes.messages import DOMAIN, FOLDER, FRENCH, OF_ERRORS
from quotes.messages.rules import NAMES, OF_RULES

PACKAGE = Path(quotes.__file__).parent
PO = FOLDER / FRENCH / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
# The calls that mark a message: how many words of context, and how many forms of it, they take.
_KEYWORDS: Mapping[str, tuple[int, int]] = {
    "_": (0, 1), "later": (0, 1), "in_number": (0, 2), "counted": (0, 2), "in_context": (1, 1),
}  # fmt: skip
# Where messages are marked: what is written for people to read.
_SPEAK = ("cli", "archive")
# What the framework says by itself, with the names of its fields.
_OF_FRAMEWORK = (
    "Options", "Arguments", "required", "default: {default}", "env var: {var}", "(dynamic)",
    "No such command {name!r}.", "Missing command.", "Aborted!", "Show this message and exit.",
)  # fmt: skip
# Its errors, as they are printed.
_ERRORS_OF_FRAMEWORK = (
    "Invalid value for {what}: {reason}",
    "Invalid value: {reason}",
    "{value} is not one of {values}.",
    "{value} is not one of {values}",
    "Missing argument {what}.",
    "Missing option {what}.",
    "Missing parameter: {what}",
    "No such option: {option}",
    "No such option: {option} (Possible options: {options})",
    "No such command {name}.",
    "{sentence} Did you mean {names}?",
    "Option {option} requires an argument.",
    "Option {option} does not take a value.",
    "Got unexpected extra argument(s) ({values})",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be greater than or equal to {least}",
    "Input should be less than or equal to {most}",
    "dir {folder} does not exist.",
    "file {file} does not exist.",
    "dir {folder} is a file.",
    "file {file} is a directory.",
)
# What systems say of files and servers, as often as it is passed on.
_OF_SYSTEM = (
    "permission denied", "no such file or directory", "no space left on device", "is a directory",
    "not a directory", "file exists", "connection refused", "file name too long", "read-only file system",
    "input/output error", "too many open files",
)  # fmt: skip
# Floors whose errors reach people, and what they are told by: the names of the calls.
_BELOW = ("errors.py", "evaluation.py", "extraction/opinion.py", "archive", "corpus", "ingest", "reading")
_TELLS = re.compile(r"Error$|^(?:Unread|Failed|Flaw|damaged)$")
# Errors of the interpreter that say something to our own code only.
_INWARD = frozenset(
    {"AttributeError", "TypeError", "ValueError", "AssertionError", "NotImplementedError", "KeyError"}
)
# Names in which sentences are kept for later; and functions that give one.
_KEPT = re.compile(r"(?:reason|note|notes|advice|said|cause|hint|wrong|sentence)$")
# How a sentence begins that is kept in a table, or given by a function, until somebody tells it.
_BEGINS = re.compile(
    r"(?:\{\w*\}[ :,]{1,2})?(?:is|are|was|were|has|holds|can't|doesn't|does not|ends|breaks off|only|read as"
    r"|more than|needs|gave|no \w+|its name|takes|took|left out|another|a negation"
    r"|the (?:indexes|full-text|same|names)|(?:a|an) (?:bare|initial|acronym|cell)|(?:a|an) \w+ in|matches"
    r"|part of|shortened|altered|exact)\b"
    r"|\{(?:count)?\} \w+"
)
_DEEPEST = 4
# The same messages make the same file.
_UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
_SQL = re.compile(r"\b(?:SELECT|FROM|WHERE|UPDATE|DELETE|DESC)\b")
_SINGLE = frozenset({"exact", "altered", "shortened"})
_FIELD = re.compile(r"\{(\w+)\}")
_GIVES = re.compile(r"(?:advice|note|reason|cause|hint|sense|readable|problem)")


def catalogue() -> Catalog:
    """Give all that is said, without translations."""
    found = Catalog(project="quotes", fuzzy=False)
    for path in sorted(one for place in _SPEAK for one in (PACKAGE / place).rglob("*.py")):
        for message, context in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            found.add(message, context=context, locations=[(_place(path), 0)])
    for message in _OF_FRAMEWORK:
        found.add(message)
    for context, message in helps():
        found.add(message, context=context)
    of_system = [form for message in _OF_SYSTEM for form in (message, message.capitalize())]
    for message in (*_ERRORS_OF_FRAMEWORK, *of_system):
        found.add(message, context=OF_ERRORS)
    for message in VALUES:
        found.add(message, context=CONTEXT)
    for message in NAMES:
        found.add(message, context=OF_RULES)
    for place, message in sentences():
        found.add(message, context=OF_ERRORS, locations=[(place, 0)])
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Give the messages marked in a module, each with its context.

    Read off the tree: Babel's own reader leaves out what stands inside f-strings.
    """
    for node in ast.walk(tree):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if not isinstance(node, ast.Call) or name not in _KEYWORDS:
            continue
        words = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        of_context, number = _KEYWORDS[name]
        if len(words) == of_context + number:
            context = words[0] if of_context else None
            yield (words[-1] if number == 1 else tuple(words)), context


def helps() -> Iterator[tuple[str | None, str]]:
    """Give the help of each command, its arguments and options, each with its context (that of metavars)."""
    import typer.main

    from quotes.cli.commands import app

    def below(command: Any) -> Iterator[tuple[str | None, str]]:
        yield None, command.help
        yield METAVAR, command.options_metavar
        yield METAVAR, getattr(command, "subcommand_metavar", "")
        for param in command.params:
            yield None, getattr(param, "help", "")
            yield METAVAR, param.metavar
        for one in getattr(command, "commands", {}).values():
            yield from below(one)

    yield from dict.fromkeys(one for one in below(typer.main.get_command(app)) if one[1])


def sentences() -> Iterator[tuple[str, str]]:
    """Give each sentence that a floor below may say, with its module; values are ``{fields}``."""
    paths: list[Path] = []
    for name in _BELOW:
        place = PACKAGE / name
        paths += [place] if place.is_file() else sorted(place.rglob("*.py"))
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    constants: dict[str, ast.expr] = {}
    for tree in modules.values():
        constants |= _constants(tree)
    for path, tree in modules.items():
        for sentence in _Said(tree, constants).sentences():
            yield _place(path), sentence


def _place(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and _is_text(node.value)
    }


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@dataclass
class _Said:
    """What one module says."""

    tree: ast.Module
    constants: Mapping[str, ast.expr]
    functions: dict[str, ast.FunctionDef] = field(init=False)
    silent: set[int] = field(init=False)

    def __post_init__(self) -> None:
        # Texts that stand by themselves document; pieces of a text with values are no texts of their own.
        self.silent = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.JoinedStr):
                self.silent |= {id(below) for below in ast.walk(node) if below is not node}
        self.functions = {
            node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)
        }

    def sentences(self) -> Iterator[str]:
        """Give the sentences in which there are words."""
        found: dict[str, None] = {}
        for scope in [self.tree, *self.functions.values()]:
            local = _assigned(scope) if isinstance(scope, ast.FunctionDef) else {}
            for node in _own(scope):
                for told in _told_by(node):
                    found |= dict.fromkeys(self._texts(told, local))
                if isinstance(node, ast.expr) and _is_text(node) and id(node) not in self.silent:
                    found |= dict.fromkeys(filter(_is_prose, self._texts(node, local)))
            if isinstance(scope, ast.FunctionDef) and _GIVES.search(scope.name):
                found |= dict.fromkeys(self._given(scope))
        yield from (_told_apart(one) for one in found if re.search(r"[a-z]{2}", _FIELD.sub("", one)))

    def _given(self, function: ast.FunctionDef) -> Iterator[str]:
        local = _assigned(function)
        for node in _own(function):
            value = node.value if isinstance(node, ast.Return | ast.Yield) else None
            if value is not None:
                yield from self._texts(value, local)

    def _texts(self, node: ast.expr, local: Mapping[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
        """Give the texts that an expression may be; none where it isn't told by its shape."""
        if depth > _DEEPEST:
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.replace("{}", "{count}")
        elif isinstance(node, ast.JoinedStr):
            yield from map("".join, product(*(list(self._parts(one, local, depth)) for one in node.values)))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left = list(self._texts(node.left, local, depth + 1)) or [f"{{{_name(node.left)}}}"]
            right = list(self._texts(node.right, local, depth + 1)) or [f"{{{_name(node.right)}}}"]
            yield from map("".join, product(left, right))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = self.functions.get(node.func.id)
            if function is not None and _GIVES.search(function.name):
                yield from self._given(function)
        else:
            for one in self._one_of(node, local):
                yield from self._texts(one, local, depth + 1)

    def _one_of(self, node: ast.expr, local: Mapping[str, list[ast.expr]]) -> Sequence[ast.expr]:
        """Give the expressions of which an expression is one."""
        if isinstance(node, ast.IfExp):
            return [node.body, node.orelse]
        if isinstance(node, ast.BoolOp):
            return node.values
        if isinstance(node, ast.Tuple | ast.List):
            return node.elts
        if isinstance(node, ast.Name):
            constant = self.constants.get(node.id)
            return local.get(node.id) or ([constant] if constant else [])
        return []

    def _parts(self, node: ast.expr, local: Mapping[str, list[ast.expr]], depth: int) -> Iterable[str]:
        if isinstance(node, ast.Constant):
            yield str(node.value)
            return
        assert isinstance(node, ast.FormattedValue)
        value = node.value
        variants: list[str] = []
        if isinstance(value, ast.IfExp) or (isinstance(value, ast.Name) and value.id in local):
            variants = list(self._texts(value, local, depth + 1))
        yield from dict.fromkeys(variants) or [f"{{{_name(value)}}}"]


def _is_prose(text: str) -> bool:
    return bool(_BEGINS.match(text)) and (" " in text or text in _SINGLE) and not _SQL.search(text)


def _told_apart(sentence: str) -> str:
    """Give each field a name of its own."""
    seen: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        name = match[1]
        seen[name] = seen.get(name, 0) + 1
        return match[0] if seen[name] == 1 else f"{{{name}_{seen[name]}}}"

    return _FIELD.sub(named, sentence)


def _name(node: ast.expr) -> str:
    """Give a field its name: the last one in its expression."""
    names = re.findall(r"[A-Za-z]\w*", re.sub(r"'[^']*'", "", ast.unparse(node)))
    return next((name.lower().strip("_") for name in reversed(names) if len(name) > 1), "value")


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Give the nodes of a scope without those of the functions in it."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef):
            continue
        yield node
        yield from _own(node)


def _assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """Give the texts that a function gives its names."""
    found: dict[str, list[ast.expr]] = {}
    for node in _own(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return {
        name: values
        for name, values in found.items()
        if any(_is_text(one) or isinstance(one, ast.IfExp) for one in values)
    }


def _told_by(node: ast.AST) -> Iterator[ast.expr]:
    """Give the expressions that a node tells somebody."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if _TELLS.search(name) and name not in _INWARD:
            yield from node.args
        yield from (one.value for one in node.keywords if one.arg and _KEPT.search(one.arg))
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            last = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
            if _KEPT.search(last):
                yield node.value


def update() -> list[str]:
    """Bring the catalogue up to date and compile it; give what has no translation yet."""
    known = read() if PO.exists() else Catalog(locale=FRENCH)
    fresh = catalogue()
    merged = Catalog(
        locale=FRENCH, project="quotes", header_comment="# What quotes says, in French.", fuzzy=False
    )
    # Two forms are enough: "un million de citations" is written in figures here.
    merged.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    for message in fresh:
        if not message.id:
            continue
        before = known.get(_key(message.id), message.context)
        merged.add(
            message.id,
            before.string if before else None,
            context=message.context,
            locations=message.locations,
        )
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_without_dates(_po(merged)))
    MO.write_bytes(compiled(merged))
    return [str(message.id) for message in merged if message.id and not all(_strings(message.string))]


def read() -> Catalog:
    """Give the catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale=FRENCH)


def compiled(kept: Catalog) -> bytes:
    """Give the compiled form of a catalogue: the same for the same messages."""
    stream = io.BytesIO()
    write_mo(stream, _undated(kept))
    return stream.getvalue()


def _undated(kept: Catalog) -> Catalog:
    bare = Catalog(
        locale=FRENCH, project="quotes", fuzzy=False, creation_date=_UNDATED, revision_date=_UNDATED
    )
    bare.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", kept.plural_forms)
    ]  # fmt: skip
    for message in kept:
        if message.id:
            bare.add(message.id, message.string, context=message.context)
    return bare


def _po(kept: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, kept, width=110, sort_by_file=True, include_lineno=False)
    return stream.getvalue()


def _without_dates(text: bytes) -> bytes:
    return re.sub(rb'^"(?:POT-Creation|PO-Revision)-Date:.*\n|^"(?:Last-Translator|Language-Team|Report-Msgid'
                  rb'|Generated-By).*\n', b"", text, flags=re.MULTILINE)  # fmt: skip


def _key(message_id: Any) -> Any:
    return message_id[0] if isinstance(message_id, tuple | list) else message_id


def _strings(string: Any) -> Iterable[str]:
    return [string or ""] if string is None or isinstance(string, str) else string


if __name__ == "__main__":
    missing = update()
    for one in missing:
        print(one)
    print(f"{len(missing)} without translation", file=sys.stderr)
