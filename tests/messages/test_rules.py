"""Each rule that the extraction may name has a name for people; programs go on reading the other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import quotes
from quotes.archive.corrections.overlay import RULE
from quotes.messages.rules import NAMES, rule_in_words
from tests.test_cases import TEXTS

FOLDER = Path(quotes.__file__).parent / "extraction"
# The calls in which a rule is named, with the argument that names it.
_CALLS = {"Attribution": 0, "attributed": 1, "Opening": 1, "_take": 2}
_KEPT = re.compile(r"RULE|POST|SIGNED|REPEATED|_UNTOLD|rule")


def suggests(function: ast.FunctionDef) -> bool:
    """Tell whether a function gives whom the flow of the text suggests, by the reason."""
    return function.returns is not None and ast.unparse(function.returns) == "dict[str, Entity | None]"


def named(tree: ast.Module) -> Iterator[str]:
    """Give the names of rules that stand in a module."""
    for node in ast.walk(tree):
        values: list[ast.expr] = []
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            values += [one.value for one in node.keywords if one.arg == "rule"]
            values += node.args[_CALLS[called] : _CALLS[called] + 1] if called in _CALLS else []
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
                values += [node.value] if _KEPT.fullmatch(name) else []
        elif isinstance(node, ast.FunctionDef) and suggests(node):
            keys = [one.keys for one in ast.walk(node) if isinstance(one, ast.Dict)]
            values += [key for some in keys for key in some if key]
        for value in values:
            yield from (
                one.value
                for one in ([value.body, value.orelse] if isinstance(value, ast.IfExp) else [value])
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def test_each_rule_has_its_name() -> None:
    found = {RULE}
    for path in FOLDER.rglob("*.py"):
        found |= {one for one in named(ast.parse(path.read_text(encoding="utf-8"))) if one}
    assert {"incise", "told_that", "post", "untold", "repeated", "last_person", "none"} <= found
    assert found - set(NAMES) == set()


def test_each_rule_that_is_given_has_its_name() -> None:
    for case in TEXTS.values():
        for quote in quotes.extract(case.text, model="never").quotes:
            assert quote.rule in NAMES


def test_a_name_is_told_in_the_language_of_who_reads() -> None:
    assert rule_in_words("previous") == "previous"
    assert rule_in_words("previous", "fr") == "citation d’avant"
    assert rule_in_words("another", "fr") == "another"
    assert len({rule_in_words(one, "fr") for one in NAMES}) == len(NAMES)
