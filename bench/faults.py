"""What is lost when a writer is killed, the disk is full, or bytes of the file turn over?

    python bench/faults.py [--seed 1] [--kills 200] [--full 20] [--flips 60] [--articles 40]
                           [--postgresql ADDRESS]

*Kills*: a process stores articles, tells the number of each after its transaction, and is killed at a moment
that chance gives (SIGKILL); then the archive is checked, and everything told must be in it. *Full disks*: the
same writer may not make any file larger than chance gives. *Byte flips*: in copies of a sound archive, one to
eight bytes are written over; each copy must be called damaged, refused with one line, or give the very same
answers. Prints a Markdown table: how many there were, how many hit a writer in the midst, what was lost. The
seed gives the same moments and bytes again, as far as a busy machine lets it. A long run: ``--kills 10000``.

With ``--postgresql`` the kills are those of a writer to that (empty) archive on a server.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from quotes.archive import open_archive  # noqa: E402
from quotes.errors import ArchiveError  # noqa: E402
from quotes.model import (  # noqa: E402
    Article,
    Extraction,
    Quote,
    QuoteKind,
    Speaker,
    SpeakerType,
)

_KILLS_EACH = 25
_FORK = multiprocessing.get_context("fork")


@dataclass
class Tally:
    """How many faults there were, how many met a writer that had begun, and what went wrong with them."""

    faults: int = 0
    met: int = 0
    told: int = 0
    lost: int = 0
    unsound: list[str] = field(default_factory=list)


class Writer:
    """A process that stores articles of three quotes from a number on, and tells each, until it is stopped.

    It is a copy of this one (``fork``), so that none has to start a Python of its own to be killed. ``room``
    is the most bytes that a file of it may have.
    """

    def __init__(self, place: str, first: int, last: int, room: int | None = None) -> None:
        reading, telling = os.pipe()
        self._process = _FORK.Process(target=_write, args=(place, first, last, telling, room))
        self._process.start()
        os.close(telling)
        self._told = os.fdopen(reading, encoding="ascii")

    def line(self) -> str:
        """The next thing that it tells; nothing once it has ended."""
        return self._told.readline()

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> tuple[str, int | None]:
        """Wait for its end: the rest of what it told, and its exit status (-9 if it was killed)."""
        with self._told:
            said = self._told.read()
        self._process.join()
        return said, self._process.exitcode


def _write(place: str, first: int, last: int, telling: int, room: int | None) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if room is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    with os.fdopen(telling, "w", encoding="ascii") as told, open_archive(place) as archive:
        print("open", file=told, flush=True)
        for number in range(first, last):
            text, quotes = "", []
            for which in ("première", "seconde", "tierce"):
                words = f"La parole {number} est la {which} de ce jour de marché"
                start = len(text) + 2
                text += f"« {words} », dit Jeanne Roy. "
                speaker = Speaker("Jeanne Roy", SpeakerType.PERSON)
                quotes.append(
                    Quote(
                        start,
                        start + len(words),
                        words,
                        QuoteKind.DIRECT,
                        speaker=speaker,
                        rule="incise",
                        confidence=0.9,
                    )
                )
            archive.add(Extraction(Article(text), tuple(quotes)), extractor_version="1")
            print(number, file=told, flush=True)


def look(place: str, told: set[int], tally: Tally) -> set[int]:
    """Compare an archive with what was told; give the numbers that it has."""
    with open_archive(place) as archive:
        tally.unsound += archive.check()
        there = set()
        for row in archive.articles():
            stored = archive.article(row.id)
            there.add(int(stored.article.text.split()[3]))
            if len(stored.quotes) != 3:
                tally.unsound.append(f"article {row.id} is not whole")
    tally.lost += len(told - there)
    return there


def all_kills(folder: Path, chance: Random, count: int) -> Tally:
    """Kill writers to one archive after another: each kill is followed by a look at all that is in it."""
    tally = Tally()
    for number in range(0, count, _KILLS_EACH):
        place = folder / f"tues{number}.db"
        kills(str(place), chance, min(_KILLS_EACH, count - number), 10_000, tally)
        place.unlink()
    return tally


def kills(place: str, chance: Random, count: int, articles: int, tally: Tally) -> Tally:
    """Kill a writer again and again while it fills one archive."""
    told: set[int] = set()
    first = 0
    open_archive(place).close()
    for _ in range(count):
        child = Writer(place, first, first + articles)
        said = child.line()
        if chance.random() < 0.7:
            # After the first article; otherwise while the program makes itself ready to write.
            said += child.line()
        time.sleep(chance.random() ** 2 * 0.3)
        child.kill()
        rest, status = child.end()
        said += rest
        tally.faults += 1
        tally.met += status == -signal.SIGKILL and "open" in said
        told |= {int(line) for line in said.split() if line.isdigit()}
        there = look(place, told, tally)
        first = max(there, default=first - 1) + 1
    tally.told += len(told)
    return tally


def full_disks(folder: Path, chance: Random, count: int, articles: int) -> Tally:
    """Let no file of a writer grow over a size that chance gives."""
    tally = Tally()
    for number in range(count):
        place = folder / f"plein{number}.db"
        open_archive(place).close()
        room = place.stat().st_size + chance.randrange(200_000)
        said, status = Writer(str(place), 0, articles, room).end()
        tally.faults += 1
        tally.met += status != 0
        told = {int(line) for line in said.split() if line.isdigit()}
        tally.told += len(told)
        look(str(place), told, tally)
        place.unlink()
    return tally


def answers(place: Path) -> list[object]:
    """What an archive says to whoever asks for everything."""
    with open_archive(place, readonly=True) as archive:
        rows = list(archive.articles())
        return [
            rows,
            [archive.article(row.id) for row in rows],
            list(archive.quotes()),
            list(archive.speakers()),
        ]


def flips(folder: Path, chance: Random, count: int, articles: int) -> Tally:
    """Write over bytes of an archive's copies: damage must be seen, or make no difference."""
    tally = Tally()
    sound = folder / "entier.db"
    Writer(str(sound), 0, articles).end()
    before = answers(sound)
    damaged = folder / "abime.db"
    for _ in range(count):
        shutil.copy(sound, damaged)
        size = damaged.stat().st_size
        with damaged.open("r+b") as file:
            for _ in range(chance.randint(1, 8)):
                file.seek(chance.randrange(size))
                file.write(chance.randbytes(1))
        tally.faults += 1
        try:
            with open_archive(damaged) as archive:
                seen = bool(archive.check())
            same = seen or answers(damaged) == before
        except ArchiveError:
            seen = same = True
        except Exception as error:
            seen, same = True, False
            tally.unsound.append(f"{type(error).__name__}: {error}")
        tally.met += seen
        # Neither seen nor without a difference: somebody would have been misled.
        tally.lost += not same
        for name in ("-wal", "-shm"):
            damaged.with_name(damaged.name + name).unlink(missing_ok=True)
    return tally


def table(tallies: dict[str, Tally]) -> Iterator[str]:
    yield "| fault | how many | met a writer, or were seen | articles told | lost, or misled | unsound |"
    yield "|---|---|---|---|---|---|"
    for name, one in tallies.items():
        yield f"| {name} | {one.faults} | {one.met} | {one.told} | {one.lost} | {len(one.unsound)} |"
    for name, one in tallies.items():
        yield from (f"{name}: {sentence}" for sentence in one.unsound[:20])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=20)
    parser.add_argument("--flips", type=int, default=60)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--postgresql", metavar="ADDRESS")
    asked = parser.parse_args()
    chance = Random(asked.seed)
    tallies = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.postgresql:
            tallies["kill"] = kills(asked.postgresql, chance, asked.kills, 10_000, Tally())
        else:
            tallies["kill"] = all_kills(folder, chance, asked.kills)
        tallies["full disk"] = full_disks(folder, chance, asked.full, asked.articles)
        tallies["byte flips"] = flips(folder, chance, asked.flips, asked.articles)
    print("\n".join(table(tallies)))
    return int(any(one.lost or one.unsound for one in tallies.values()))


if __name__ == "__main__" and main():
    sys.exit(1)
