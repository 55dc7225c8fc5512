"""Everything that is said has its French, nothing is translated for nothing, and what is installed is new."""

from __future__ import annotations

import gettext
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from quotes.cli import catalogue
from quotes.messages import OF_ERRORS

HINT = "run `python -m quotes.cli.catalogue`, fill in what is empty in quotes.po, and run it again"
# Not {+words+}, the mark of what was put in.
_FIELD = re.compile(r"\{[^{}+]*\}")


@pytest.fixture(scope="module")
def said() -> Catalog:
    return catalogue.catalogue()


@pytest.fixture(scope="module")
def french() -> Catalog:
    return catalogue.read()


def keys(messages: Catalog) -> set[tuple[str, str | None]]:
    return {(key(one), one.context) for one in messages if one.id}


def key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def forms(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def translated(french: Catalog) -> Iterator[tuple[Message, tuple[str, ...]]]:
    for message in french:
        if message.id:
            yield message, forms(message.string)


def held(compiled: bytes) -> dict[Any, str]:
    """Give the messages of a compiled catalogue; its header tells which Babel made it."""
    messages: dict[Any, str] = dict(gettext.GNUTranslations(io.BytesIO(compiled))._catalog)  # type: ignore[attr-defined]
    del messages[""]
    return messages


def test_everything_has_its_french(said: Catalog, french: Catalog) -> None:
    assert keys(said) - keys(french) == set(), HINT
    assert [message.id for message, words in translated(french) if not all(words)] == [], HINT


def test_nothing_is_translated_for_nothing(said: Catalog, french: Catalog) -> None:
    assert keys(french) - keys(said) == set(), HINT


def test_what_is_installed_is_compiled_from_it(french: Catalog) -> None:
    assert held(catalogue.MO.read_bytes()) == held(catalogue.compiled(french)), HINT


def test_the_compiled_catalogue_is_in_the_package() -> None:
    root = Path(catalogue.__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    built = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["packages"] == ["quotes"]
    assert not any("mo" in pattern for pattern in built.get("exclude", []))
    assert catalogue.MO.is_relative_to(root / "quotes")
    ignored = (root / ".gitignore").read_text(encoding="utf-8").split()
    assert "*.mo" not in ignored, "hatch leaves out what git ignores"


def test_the_same_values_are_put_in(french: Catalog) -> None:
    for message, words in translated(french):
        wanted = set(_FIELD.findall(key(message)))
        for form in words:
            assert set(_FIELD.findall(form)) == wanted, message.id


def test_commands_and_options_are_not_translated(french: Catalog) -> None:
    # What stands for words in the difference of two wordings is no field.
    typed = re.compile(r"`[^`]*`|(?<![\w-])--[a-z][a-z-]+|pip install '[^']*'")
    for message, words in translated(french):
        names = {re.sub(r"\b(?:FILE|FICHIER)\b", "…", one) for one in typed.findall(key(message))}
        for form in words:
            found = {re.sub(r"\b(?:FILE|FICHIER)\b", "…", one) for one in typed.findall(form)}
            assert found == names, message.id


def test_french_sets_a_space_before_high_marks(french: Catalog) -> None:
    # Not inside what is typed, addresses, times and names of fields.
    typed = re.compile(r"`[^`]*`|\{[^{}]*\}|'[^']*'|\w+:(?=[\w/{])|\S+://\S+")
    for message, words in translated(french):
        for form in words:
            assert not re.search(r"\w[:;!?]", typed.sub("…", form)), message.id


def test_sentences_of_the_floors_below_are_found() -> None:
    found = {sentence for _, sentence in catalogue.sentences()}
    # Raised, kept in a constant or a table, given by a function, yielded by a reader, made of parts.
    assert "there is no article {article_id}: `quotes articles` lists them" in found
    assert "this question takes too long: ask for less, or for a shorter time" in found
    assert "is damaged: restore it from a backup" in found
    assert "is no JSON: one object a line is expected" in found
    assert "a negation more or less" in found
    assert "read as {codec}, since it is no UTF-8" in found


def test_each_sentence_has_one_name_for_each_value(said: Catalog) -> None:
    for message in said:
        if message.context == OF_ERRORS:
            names = _FIELD.findall(key(message))
            assert len(set(names)) == len(names)
