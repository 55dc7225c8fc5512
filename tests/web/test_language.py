"""Everything that the pages say has its English, and nothing in the list is said nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quotes.web import language, wording
from quotes.web.language import Language, english

FOLDER = Path(language.__file__).parent
_IN_TEMPLATES = re.compile(r"""(?<![\w.])_\(\s*(?:"([^"]*)"|'([^']*)')""")
_COUNTED = re.compile(r'\bn\([^{}]*?, "([^"]+)", "([^"]+)"\)')
_IN_CODE = re.compile(
    r"(?:lang(?:uage_of\(request\))?\.text\(\s*|HTTPException\(\s*\d+,\s*|\b\d{3}: |Unread\(source, )"
    r'"([^"]+)"'
)
_CHOSEN = re.compile(
    r'"(?:f|m|speaker|role|outlet|since|until|kind|type|gender|year|count|last|name)": "([^"]+)"'
)
_DEFAULTS = {
    "sont de personnes dont le genre n’est pas connu",
    "Mots cités",
    "Citations",
    "genre inconnu",
    "inconnu",
}


def said() -> set[str]:
    found: set[str] = set(_DEFAULTS)
    for path in (FOLDER / "templates").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        for pattern in (_IN_TEMPLATES, _COUNTED):
            found |= {group for match in pattern.findall(text) for group in match if group}
        found |= set(_CHOSEN.findall(text))
    for path in FOLDER.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(_IN_CODE.findall(text))
        if path.name == "speakers.py":
            found |= set(_CHOSEN.findall(text))
    for table in (
        wording.CERTAINTIES,
        wording.KINDS,
        wording.TYPES,
        wording.GENDERS,
        wording.DIMENSIONS,
        wording.LIKENESSES,
        wording.ACTIONS,
        wording.REASONS,
    ):
        found |= set(table.values())
    found.add("Quelque chose n’a pas marché")
    return found


def test_everything_has_its_english() -> None:
    assert said() - set(english()) == set()


def test_nothing_is_translated_for_nothing() -> None:
    assert set(english()) - said() == set()


def test_the_same_values_are_put_in() -> None:
    for french, other in english().items():
        assert set(re.findall(r"\{\w+\}", french)) == set(re.findall(r"\{\w+\}", other))
        assert other.strip()


@pytest.mark.parametrize(
    ("date", "french", "english_"),
    [
        ("2024-05-03", "3 mai 2024", "3 May 2024"),
        ("2024-05-01T10:00", "1er mai 2024", "1 May 2024"),
        ("2024-05", "mai 2024", "May 2024"),
        ("2024", "2024", "2024"),
        (None, "", ""),
        ("2024-13-01", "2024", "2024"),
        ("jeudi", "jeudi", "jeudi"),
        ("", "", ""),
    ],
)
def test_days(date: str | None, french: str, english_: str) -> None:
    assert Language("fr").day(date) == french
    assert Language("en").day(date) == english_


def test_numbers_and_nouns() -> None:
    assert Language("fr").counted(0, "citation", "citations") == "0 citation"
    assert Language("en").counted(0, "citation", "citations") == "0 quotes"
    assert Language("en").counted(12_500, "citation", "citations") == "12,500 quotes"
    assert Language("fr").percent(0.304) == "30\u202f%"
