"""No pattern grows faster than its text: each one of the package is run on inputs made to hurt it.

Patterns are collected from the modules as they stand in memory, so that what is composed from word lists
is among them, and from the source (patterns that are written where they are used). Each is run on pumps
made from its own shape: what it needs to begin, what it repeats, many times over, and an end that it can't
like. What it does at 4n may be a few times what it does at n, in processor time; a pattern that tries
everything from every place takes sixteen times as long, one that tries every way to part its text never
ends.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import quotes

# In characters.
_SIZES = (1_000, 4_000, 16_000)
# In processor time of one attempt: below this the clock is coarser than what it measures.
_NOTICED = 0.004
_PATIENCE = 1.0
# From n to 4n: linear patterns give 4, quadratic ones 16.
_MOST = 9.0
_SOURCE = Path(quotes.__file__).parent
_CALLS = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer", "compile"}


_FLAGS = re.compile(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*")
# Trains the encoder: needs torch, which the tests do without. What its source has is tried all the same.
_OF_TORCH = "quotes.train.encoder."


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(quotes.__path__, "quotes."):
        apart = found.name.endswith("__main__") or "migrations" in found.name
        if not apart and not found.name.startswith(_OF_TORCH):
            yield importlib.import_module(found.name)


def _held(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value, its items and its attributes."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if isinstance(value, str | bytes | int | float | None) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, dict):
        for one in value.values():
            yield from _held(one, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _held(one, seen)
    elif getattr(type(value), "__module__", "").startswith("quotes") or (
        isinstance(value, type) and value.__module__.startswith("quotes")
    ):
        names = [*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())]
        for name in names:
            yield from _held(getattr(value, name, None), seen)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of the module ``re`` that take a pattern."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _CALLS
        ):
            yield node


def _searched(tree: ast.AST) -> Iterator[str]:
    """The names of patterns that are looked for, not only matched at a given place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _CALLS - {"match", "fullmatch", "compile"}:
            name = ast.unparse(node.value).rpartition(".")[2]
            if name != "re":
                yield name


def _written(tree: ast.AST) -> Iterator[tuple[re.Pattern[Any], bool]]:
    """The patterns that stand as they are in a call: ``re.sub(r"…", …)``; are they searched for?"""
    for node in _calls(tree):
        if node.func.attr != "compile" and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
            stated = [ast.unparse(one.value) for one in node.keywords if one.arg == "flags"]
            stated += [text for one in node.args if _FLAGS.fullmatch(text := ast.unparse(one))]
            flags = eval(stated[0], {"re": re}) if stated else 0
            searched = node.func.attr not in ("match", "fullmatch")  # type: ignore[attr-defined]
            yield re.compile(node.args[0].value, flags), searched


# Whoever calls these gives them no more than so many characters: their cost has an end.
BOUNDED = {
    "quotes.archive.search.query._LEXEME": 2_000,
    "quotes.archive.wordings.likeness._ELIDED": 10,
    "quotes.extraction.embedded._TAIL": 400,
    "quotes.extraction.interview._NOTES": 1_500,
    "quotes.extraction.typography._LAST_LETTERS": 30,
    "quotes.extraction.typography._LAST_WORD": 30,
}
# Only matched: others in the same list, or of the same name elsewhere, are looked for.
MATCHED = {
    "quotes.extraction.turns._LABEL",
    "quotes.reading.lines._GOES_ON",
    "quotes.reading.metadata._BYLINES",
}


@dataclass(frozen=True)
class Found:
    """A pattern, and whether the package looks for it from every place of a text or only at a given one."""

    name: str
    pattern: re.Pattern[Any]
    searched: bool

    def run(self, text: Any) -> None:
        """Look for it as the package does."""
        if not self.searched:
            self.pattern.match(text)
            return
        for _ in self.pattern.finditer(text):
            pass


@lru_cache
def patterns() -> tuple[Found, ...]:
    """All patterns of the package, each by the first module and name that has it."""
    found: dict[re.Pattern[Any], Found] = {}
    seen: set[int] = set()
    modules = list(_modules())
    trees = [ast.parse(Path(module.__file__).read_text(encoding="utf-8")) for module in modules]
    searched = [set(_searched(tree)) for tree in trees]
    by_name = set().union(*searched)
    for module, tree, here in zip(modules, trees, searched, strict=True):
        # What stands in a list is called by another name when it is used: "pattern", "shape".
        any_of_many = any(name.islower() for name in here)
        for name, value in list(vars(module).items()):
            alone = isinstance(value, re.Pattern)
            for number, pattern in enumerate(_held(value, seen)):
                place = f"{module.__name__}.{name}"
                sought = (name in by_name if alone else any_of_many) and place not in MATCHED
                one = Found(place if alone else f"{place}[{number}]", pattern, sought)
                if pattern not in found or one.searched:
                    found[pattern] = one
        for number, (pattern, how) in enumerate(_written(tree)):
            found[pattern] = Found(f"{module.__name__}:{number}", pattern, how)
    return tuple(found.values())


class _Shape:
    """Strings that a pattern likes, made from its own parts, at random."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._groups: dict[int, str] = {}
        self.repeats: list[tuple[str, str]] = []
        """What stood before a part that may be repeated without end (or often), and one round of it."""

    def text(self, tokens: Any, before: str = "", *, noting: bool = True) -> str:
        """A string that these tokens match, behind ``before``."""
        made = ""
        for kind, value in tokens:
            made += self._one(kind, value, before + made, noting)
        return made

    def _one(self, kind: Any, value: Any, before: str, noting: bool) -> str:
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.NOT_LITERAL:
            return self._random.choice([c for c in "a A.,\n" if ord(c) != value])
        if kind is code.ANY:
            return self._random.choice("aA .,")
        if kind is code.IN:
            return self._member(value)
        if kind is code.BRANCH:
            return self.text(self._random.choice(value[1]), before, noting=noting)
        if kind is code.SUBPATTERN:
            made = self.text(value[3], before, noting=noting)
            if value[0] is not None:
                self._groups[value[0]] = made
            return made
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            return self._repeat(value, before, noting)
        if kind is code.ATOMIC_GROUP:
            return self.text(value, before, noting=noting)
        if kind is code.GROUPREF:
            return self._groups.get(value, "")
        if kind is code.ASSERT and value[0] > 0:
            return ""
        return ""

    def _repeat(self, value: Any, before: str, noting: bool) -> str:
        least, most, body = value
        if noting and most > _OFTEN:
            self.repeats.append((before, self.text(body, before)))
        often = self._random.choice([n for n in (least, least + 1, least + 2) if n <= most])
        return "".join(self.text(body, before, noting=noting and most <= _OFTEN) for _ in range(often))

    def _member(self, members: Any) -> str:
        if members[0][0] is code.NEGATE:
            unwanted = members[1:]
            fitting = [c for c in "aA 1.,-’\u00e9»«\n\t(/<\0" if not any(_is(c, one) for one in unwanted)]
            return self._random.choice(fitting or ["\u4e00"])
        kind, value = self._random.choice(members)
        if kind is code.LITERAL:
            return chr(value)
        if kind is code.RANGE:
            return chr(self._random.choice([value[0], value[1], (value[0] + value[1]) // 2]))
        return self._random.choice(_CATEGORIES[value])


_OFTEN = 7
_CATEGORIES = {
    code.CATEGORY_DIGIT: "12",
    code.CATEGORY_NOT_DIGIT: "aA .",
    code.CATEGORY_SPACE: " \n\t\u00a0",
    code.CATEGORY_NOT_SPACE: "aA.,-",
    code.CATEGORY_WORD: "aAé1",
    code.CATEGORY_NOT_WORD: " .,-’",
}


def _is(character: str, member: Any) -> bool:
    kind, value = member
    if kind is code.LITERAL:
        return bool(ord(character) == value)
    if kind is code.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    if value is code.CATEGORY_WORD:
        return character.isalnum() or character == "_"
    if value is code.CATEGORY_SPACE:
        return character.isspace()
    if value is code.CATEGORY_DIGIT:
        return character.isdigit()
    return bool(character in _CATEGORIES[value])


def pumps(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """What hurts a pattern: a beginning, and what follows it many times over."""
    written = pattern.pattern
    source = written.decode("latin-1") if isinstance(written, bytes) else written
    tokens = parser.parse(source, pattern.flags)
    found: dict[tuple[str, str], None] = dict.fromkeys(_COMMON)
    for seed in range(_SHAPES):
        shape = _Shape(seed)
        whole = shape.text(tokens)
        found |= dict.fromkeys(shape.repeats)
        # The whole of it, and each beginning of it, over and over: who searches begins at each.
        found[("", whole)] = None
        found |= dict.fromkeys(("", begin) for begin, _ in shape.repeats if begin)
    return [(begin, body) for begin, body in found if body]


_COMMON = [("", body) for body in (" ", "a", "A. ", "\n", "1", "« ", "Anne ", "-", "<", ", ", "a\n")]
_SHAPES = 6
_ENDS = ("", "\0x")


def cost(run: Callable[[Any], object], text: Any) -> float:
    """The processor time of a call, the least of three; ``inf`` for one that doesn't end."""

    def ring(number: int, frame: object) -> None:
        raise TimeoutError

    best = float("inf")
    before = signal.signal(signal.SIGPROF, ring)
    try:
        for _ in range(3):
            signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
            began = time.thread_time()
            try:
                run(text)
            except TimeoutError:
                return float("inf")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            best = min(best, time.thread_time() - began)
            if best < _NOTICED or best > 10 * _NOTICED:
                break
    finally:
        signal.signal(signal.SIGPROF, before)
    return best


def growth(found: Found) -> tuple[float, str, str]:
    """How many times longer it takes for four times the text, at worst; what it was, and again and again."""
    worst = (0.0, "", "")
    for begin, body in pumps(found.pattern):
        for end in _ENDS:
            ratio = _growth(found, begin, body, end)
            if ratio > worst[0]:
                worst = (ratio, begin, body)
            if ratio > _MOST:
                return worst
    return worst


def _growth(found: Found, begin: str, body: str, end: str) -> float:
    short, middle, long = (
        _of_text(found.pattern, begin + body * max(size // len(body), 5) + end) for size in _SIZES
    )
    # Most are too quick to be measured, at any length that a linear one would take.
    if (first := cost(found.run, short)) < _NOTICED / 10:
        return 0
    second = first if first == float("inf") else cost(found.run, middle)
    if second < _NOTICED:
        return 0
    if second == float("inf"):
        return second
    return cost(found.run, long) / max(second, _NOTICED)


def _of_text(pattern: re.Pattern[Any], text: str) -> Any:
    return text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text


@pytest.mark.parametrize("found", patterns(), ids=lambda found: found.name)
def test_a_pattern_grows_no_faster_than_its_text(found: Found) -> None:
    if found.name in BOUNDED:
        longest = BOUNDED[found.name]
        for begin, body in pumps(found.pattern):
            text = _of_text(found.pattern, (begin + body * longest)[:longest])
            assert cost(found.run, text) < 1, (begin, body)
        return
    times, begin, body = growth(found)
    assert times < _MOST, f"{begin!r}, then {body!r} again and again: {found.pattern.pattern[:200]}"


@pytest.mark.parametrize("pattern", [r"(?:a|a)+b", r"(?:(?:A\.[ ]?)+\s*)+x", r"\s+$", r"a*a*b"])
def test_what_grows_is_found_out(pattern: str) -> None:
    times, _, _ = growth(Found("bad", re.compile(pattern), searched=True))
    assert times > _MOST


def test_no_pattern_is_composed_where_it_is_used() -> None:
    """What is put together in a function is in no module's names: it would not be looked at."""
    hidden = [
        f"{file.name}:{node.lineno}"
        for file in _SOURCE.rglob("*.py")
        for node in _calls(ast.parse(file.read_text(encoding="utf-8")))
        if node.func.attr != "compile" and not isinstance(node.args[0], ast.Constant)  # type: ignore[attr-defined]
    ]
    assert hidden == []
