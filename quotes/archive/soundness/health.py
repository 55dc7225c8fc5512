"""An archive looked over whole: the file, its keys and indexes by the database, then every row."""

from __future__ import annotations

from typing import NamedTuple

from quotes.archive.soundness.checking import Flaw, flaws
from quotes.archive.soundness.repairing import repair as repair_rows
from quotes.archive.store.asking import Reader
from quotes.archive.store.opening import Store
from quotes.errors import ArchiveError


class Repaired(NamedTuple):
    """What was made anew, and what is still wrong: a sentence each."""

    done: list[str]
    left: list[str]


def check(store: Store) -> list[Flaw]:
    """Look for damage; give a flaw for each thing that is wrong, none for a sound archive."""
    found = [Flaw(sentence, derived) for sentence, derived in store.check()]
    try:
        with store.asking() as connection:
            if isinstance(connection, Reader):
                with connection.lenient():
                    found += flaws(connection)
            else:
                found += flaws(connection)
    except ArchiveError as error:
        # The file's damage was told above; one of another sort is no answer to the question.
        if not found:
            raise
        found.append(Flaw(f"not all rows can be read: {error}"))
    return found


def repair(store: Store) -> Repaired:
    """Make anew what is wrong and can be derived, in one transaction; look again."""
    before = check(store)
    done: list[str] = []
    if any(flaw.derived for flaw in before):
        with store.writing() as connection:
            done += store.mend(connection)
            done += repair_rows(connection)
        before = check(store)
    return Repaired(done, [flaw.sentence for flaw in before])
