"""The folder of a corpus, on a disk or at an address: whose parts are done, and what is known of all.

::

    plan.jsonl            versions and options; then a line a part, in the order of the sources
    parts/NAME.json       a part is done when this is there: counts, and checksums of its files
    articles/NAME.parquet, quotes/NAME.parquet, failures/NAME.parquet
    manifest.json         at the end: versions, counts of all, the checksum of parts.parquet
    parts.parquet         a row a part: source, numbers, counts, checksums
    duplicates/, names/   what is known across all parts (see ``gathering``)

A file appears whole or not at all, and never has in it when or by whom it was made.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from quotes.archive.store.whole_files import sweep, unfinished_beside, whole_file
from quotes.corpus import addresses
from quotes.corpus.parts import Part
from quotes.errors import ArchiveError, CorpusError
from quotes.reading.pieces import is_address

FORMAT = 1
"""How files are laid out; another number is another layout."""
TABLES = ("articles", "quotes", "failures")
"""The folders that have a file of each part (of failures: where there are any)."""
PLAN, MANIFEST, PARTS = "plan.jsonl", "manifest.json", "parts.parquet"


# As Arrow words the errors of the system: "Error writing bytes to file. Detail: [errno 28] No space …".
_OF_ARROW = re.compile(r"\[errno \d+\] (.+)", re.DOTALL)


def reason_of(error: OSError) -> str:
    """Say why a file can't be read or written, as the system says it."""
    said = error.strerror or str(error) or type(error).__name__
    of_arrow = _OF_ARROW.search(said)
    return " ".join((of_arrow[1] if of_arrow else said).split()).lower()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a part: its counts, how many records of its source it has, checksums of its files.

    ``nothing`` is why a slice of a source gave no piece; ``given_up`` that it was tried often enough: it is
    tried again by the next call. ``files`` are SHA-256 (hexadecimal) by table.
    """

    part: str
    articles: int = 0
    quotes: int = 0
    failures: int = 0
    foreign: int = 0
    records: int = 0
    characters: int = 0
    nothing: str | None = None
    given_up: bool = False
    files: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> bytes:
        """Write it as its file has it."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Written:
        """Read it."""
        return cls(**json.loads(data))


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a corpus lies: a path, or an address that ``fsspec`` knows. It may be sent to other machines."""

    place: str

    @classmethod
    def at(cls, place: str) -> Folder:
        """Give the folder at a path or address, which other machines find as well."""
        return cls(place if is_address(place) else str(Path(place).absolute()))

    @property
    def _remote(self) -> bool:
        return is_address(self.place)

    def path(self, name: str) -> str:
        """Give the path or address of something in it."""
        return f"{self.place.rstrip('/')}/{name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a disk or a store raises into one line."""
        try:
            yield
        except ArchiveError as error:
            raise CorpusError(f"{error}; the same call then goes on from here") from error
        except OSError as error:
            raise CorpusError(
                f"{self.place} can't be written ({reason_of(error)}): make room or choose another place;"
                " the same call then goes on from here"
            ) from error

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """Give a private folder on a disk for files that are not finished; it is gone at the end."""
        if self._remote:
            with tempfile.TemporaryDirectory(prefix="quotes-") as made:
                yield Path(made)
            return
        with self._told():
            Path(self.place).mkdir(parents=True, exist_ok=True)
            with unfinished_beside(Path(self.path("part"))) as place:
                yield place

    def put(self, unfinished: Path, name: str) -> None:
        """Let a finished file appear under its name."""
        with self._told():
            if self._remote:
                files, _ = addresses.file_system(self.place)
                target = files._strip_protocol(self.path(name))
                files.makedirs(target.rpartition("/")[0], exist_ok=True)
                files.put_file(str(unfinished), target)
                return
            target_path = Path(self.path(name))
            target_path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(target_path) as beside:
                unfinished.replace(beside)

    def write(self, name: str, data: bytes) -> None:
        """Let a file with this content appear."""
        with self.workplace() as place:
            with self._told():
                (place / "whole").write_bytes(data)
            self.put(place / "whole", name)

    def read(self, name: str) -> bytes | None:
        """Give the content of a file; ``None`` where there is none."""
        try:
            with addresses.opened(self.path(name)) as stream:
                return stream.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CorpusError(f"{self.path(name)} can't be read ({reason_of(error)})") from error

    def names(self, folder: str) -> list[str]:
        """Give the names of the files in a folder of it, in their order."""
        if self._remote:
            files, path = addresses.file_system(self.path(folder))
            files.invalidate_cache()
            try:
                return sorted(name.rpartition("/")[2] for name in files.ls(path, detail=False))
            except FileNotFoundError:
                return []
        place = Path(self.path(folder))
        return sorted(one.name for one in place.iterdir()) if place.is_dir() else []

    def remove(self, name: str) -> None:
        """Take a file away, if it is there."""
        if self._remote:
            files, path = addresses.file_system(self.path(name))
            if files.exists(path):
                files.rm_file(path)
        else:
            Path(self.path(name)).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what killed processes have left; nobody may be writing."""
        if not self._remote:
            for folder in (Path(self.place), *(Path(self.path(table)) for table in (*TABLES, "parts"))):
                sweep(folder, younger=True)

    # What is known of all parts.

    def plan(self, parts: Sequence[Part], header: Mapping[str, Any]) -> None:
        """Note what is to be done, if nothing was noted before; else see that the call goes on with it.

        Raises:
            CorpusError: where the folder has a corpus of other versions, options or sources.
        """
        lines = [json.dumps(header, sort_keys=True)]
        lines += [json.dumps({"part": one.name, **asdict(one)}) for one in parts]
        data = ("\n".join(lines) + "\n").encode()
        before = self.read(PLAN)
        if before is None:
            self.write(PLAN, data)
        elif before != data:
            reason = _difference(before, data)
            raise CorpusError(f"{self.place} {reason}: give another folder with --to")

    def done(self) -> dict[str, Written]:
        """Give the parts that are done, by name; those that were given up are not."""
        names = (name for name in self.names("parts") if name.endswith(".json"))
        found = (self.written(name.removesuffix(".json")) for name in names)
        return {one.part: one for one in found if one is not None and not one.given_up}

    def written(self, part: str) -> Written | None:
        """Give what became of a part; ``None`` where it isn't done."""
        data = self.read(f"parts/{part}.json")
        return None if data is None else Written.from_json(data)

    def header(self) -> dict[str, Any]:
        """Give versions, options and counts of a corpus that is complete.

        Raises:
            CorpusError: where there is no corpus, or one that isn't complete.
        """
        data = self.read(MANIFEST)
        if data is None:
            planned = self.read(PLAN)
            if planned is None:
                raise CorpusError(
                    f"{self.place} is no corpus: `quotes distribute FILE… --to FOLDER` makes one"
                )
            raise CorpusError(f"{self.place} is not complete: call `quotes distribute` again, which goes on")
        found: dict[str, Any] = json.loads(data)
        if found.get("format") != FORMAT:
            raise CorpusError(f"{self.place} was made by another version of quotes: make it anew")
        return found


def _difference(before: bytes, data: bytes) -> str:
    """Say in which way a corpus is another one."""
    (old, *old_parts), (new, *new_parts) = before.splitlines(), data.splitlines()
    was, now = json.loads(old), json.loads(new)
    for name in sorted(was.keys() | now.keys()):
        if name == "model" and was.get(name) != now.get(name):
            return f"has a corpus made with --model {was.get(name)}, not {now.get(name)}"
        if was.get(name) != now.get(name):
            return f"has a corpus made with {name} {was.get(name)}, not {now.get(name)}"
    return f"has a corpus of other sources ({len(old_parts)} parts, not {len(new_parts)}, or of other sizes)"


def numbered(parts: Sequence[tuple[Part, Written]]) -> Iterator[int | None]:
    """Give for each part of a corpus, in its order, the number before that of its source's first record.

    ``None`` where it can't be told: of what comes after a slice that was given up.
    """
    source: str | None = None
    before: int | None = 0
    for part, written in parts:
        if part.sliced != source:
            source, before = part.sliced, 0
        yield before if part.sliced else 0
        before = None if before is None or written.given_up else before + written.records


def source_of(source: str | None, number: int | None, before: int | None) -> str | None:
    """Give the whole name of a source, as ``quotes add`` tells it: "crawl.warc.gz:120"."""
    if source is None or number is None:
        return source
    return f"{source}:{'?' if before is None else ''}{number + (before or 0)}"


def planned(data: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Read the parts of a plan."""
    lines = iter(data)
    next(lines, None)
    yield from map(json.loads, lines)
