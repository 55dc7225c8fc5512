"""French text with the expected annotation written inside the sentence; offsets are computed.

    @ Jeanne Roy | Roy ; person f ; maire de Saint-Aubin | maire
    « <q who="Jeanne Roy">Nous partirons<i>, a-t-elle dit,</i> demain</q> », sous le nom de « <n>Oui</n> ».

``q`` is a quote, ``i`` an incise in it, ``n`` something between marks that is no quote, ``u`` one on
which careful readers disagree, ``said`` indirect speech. ``who`` gives the names that are right, the
fullest first, parted by ``|``; without it the text tells no speaker. ``role`` gives the right wordings
likewise. Bare words: ``mixed`` (otherwise direct), ``display``, the gender ``f`` or ``m``, the speaker's
type (otherwise ``person``). A line ``@ names ; type and gender ; roles`` at the head describes a speaker
once for all tags that name it. ``role="?"`` and ``kind="?"`` are not checked: careful readers disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TAG = re.compile(r'<(?P<close>/?)(?P<name>said|q|i|n|u)(?P<attributes>(?:\s+\w+(?:="[^"]*")?)*)>')
_LIKE_TAG = re.compile(r"</?[a-z]+\b")
_ATTRIBUTE = re.compile(r'(\w+)(?:="([^"]*)")?')
_LABELS = {"q": "quote", "n": "not_quote", "u": "unsure"}
_TYPES = {"person", "organization", "group", "unnamed", "document"}


@dataclass(frozen=True)
class Source:
    """Who speaks: the names that are right, the type, the gender and the right wordings of the role."""

    names: tuple[str, ...]
    type: str = "person"
    gender: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """One annotated stretch; ``label`` is ``quote``, ``not_quote``, ``unsure`` or ``indirect``."""

    start: int
    end: int
    label: str
    text: str
    source: Source | None = None
    form: str = "direct"
    display: bool = False
    incises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annotated:
    """A text without its mark-up, and what the mark-up says, in the order of the text."""

    name: str
    text: str
    units: tuple[Unit, ...]

    @property
    def indirect(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.label == "indirect")

    @property
    def marked(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.label != "indirect")


def parse(name: str, annotated: str) -> Annotated:
    """Strip the mark-up and compute the offsets; a slip in the mark-up is a ``ValueError``."""
    speakers, body = _speakers(annotated)
    pieces: list[str] = []
    length = done = 0
    opened: list[tuple[str, int, dict[str, str | None], list[tuple[int, int]]]] = []
    units: list[Unit] = []
    for tag in _TAG.finditer(body):
        pieces.append(body[done : tag.start()])
        length += tag.start() - done
        done = tag.end()
        if not tag["close"]:
            opened.append((tag["name"], length, dict(_ATTRIBUTE.findall(tag["attributes"])), []))
            continue
        if not opened or opened[-1][0] != tag["name"]:
            raise ValueError(
                f"{name}: </{tag['name']}> closes nothing near {body[max(0, done - 60) : done]!r}"
            )
        kind, start, attributes, incises = opened.pop()
        if kind == "i":
            if not opened or opened[-1][0] != "q":
                raise ValueError(f"{name}: <i> outside <q>")
            opened[-1][3].append((start, length))
        else:
            units.append(_unit("".join(pieces), start, length, kind, attributes, incises, speakers))
    if opened:
        raise ValueError(f"{name}: <{opened[-1][0]}> is never closed")
    pieces.append(body[done:])
    text = "".join(pieces)
    if stray := _LIKE_TAG.search(text):
        raise ValueError(f"{name}: stray mark-up {stray.group()!r}")
    return Annotated(name, text, tuple(sorted(units, key=lambda unit: (unit.start, -unit.end))))


def _speakers(annotated: str) -> tuple[dict[str, Source], str]:
    """The speakers that ``@`` lines at the head describe, by their first name; and the text below."""
    speakers: dict[str, Source] = {}
    while annotated.startswith("@ "):
        line, _, annotated = annotated.partition("\n")
        fields = [field.strip() for field in line[2:].split(";")] + ["", ""]
        names = _alternatives(fields[0])
        words = set(fields[1].split())
        speakers[names[0]] = Source(
            names,
            next((word for word in words if word in _TYPES), "person"),
            next((word for word in words if word in ("f", "m")), None),
            _alternatives(fields[2]),
        )
    return speakers, annotated


def _alternatives(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split("|") if part.strip())


def _unit(
    text: str,
    start: int,
    end: int,
    kind: str,
    attributes: dict[str, str | None],
    incises: list[tuple[int, int]],
    speakers: dict[str, Source],
) -> Unit:
    kept, at = [], start
    for first, last in incises:
        kept.append(text[at:first])
        at = last
    kept.append(text[at:end])
    known = {"who", "role", "kind", "type", "gender", "mixed", "display", "f", "m"} | _TYPES
    if wrong := attributes.keys() - known:
        raise ValueError(f"unknown attributes {sorted(wrong)} at {text[start:end][:40]!r}")
    return Unit(
        start,
        end,
        _LABELS.get(kind, "indirect"),
        re.sub(r"\s+", " ", "".join(kept)).strip(),
        _source(attributes, speakers),
        attributes.get("kind") or ("mixed" if "mixed" in attributes else "direct"),
        "display" in attributes,
        tuple(text[first:last] for first, last in incises),
    )


def _source(attributes: dict[str, str | None], speakers: dict[str, Source]) -> Source | None:
    names = _alternatives(attributes.get("who") or "")
    if not names:
        return None
    base = speakers.get(names[0], Source(names))
    if base.names != names and names[1:]:
        base = Source(names, base.type, base.gender, base.roles)
    kind = attributes.get("type") or next((word for word in attributes if word in _TYPES), base.type)
    bare = next((word for word in ("f", "m") if word in attributes), base.gender)
    roles = _alternatives(attributes["role"] or "") if "role" in attributes else base.roles
    return Source(base.names, kind, attributes.get("gender") or bare, roles)


def gold(article: Annotated) -> dict[str, Any]:
    """The annotation as the JSON that ``quotes evaluate`` reads beside the text."""
    units, indirect = [], []
    for unit in article.units:
        record: dict[str, Any] = {"start": unit.start, "end": unit.end, "text": unit.text}
        if unit.source:
            record["speaker"] = {"names": list(unit.source.names), "type": unit.source.type}
        else:
            record["speaker"] = None
        if unit.label == "indirect":
            indirect.append(record)
            continue
        record |= {
            "label": unit.label,
            "form": unit.form,
            "display": unit.display,
            "incises": list(unit.incises),
            "gender": unit.source.gender if unit.source else None,
            "roles": [role for role in unit.source.roles if role != "?"] if unit.source else [],
        }
        units.append(record)
    return {"units": units, "indirect": indirect}


def articles(folder: Path) -> list[Annotated]:
    """The annotated articles of a folder, by name."""
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def cases(folder: Path) -> Iterator[Annotated]:
    """The cases of a folder: each file holds many, each under a line ``== name``."""
    for path in sorted(folder.glob("*.txt")):
        if path.name == "known_failures.txt":
            continue
        _, *found = re.split(r"^== *(.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for name, body in zip(found[::2], found[1::2], strict=True):
            yield parse(f"{path.stem}/{name.strip()}", body.strip("\n") + "\n")
