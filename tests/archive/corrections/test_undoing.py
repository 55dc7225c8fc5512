"""Undoing in any order: what is left is as if the undone changes had never been made."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from quotes.archive import Archive, ArticleChange, Change, StoredQuote, open_archive
from quotes.errors import ArchiveError
from quotes.model import Gender, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MADAME_ROY, MARKET, extraction

BARE = extraction("« Nous tiendrons », dit Mme Roy.", ("Nous tiendrons", MADAME_ROY))
CAMILLE = extraction(
    "« Encore nous », dit Camille Vial. « Toujours », dit Jeanne Roy.",
    ("Encore nous", Speaker("Camille Vial", SpeakerType.PERSON)),
    ("Toujours", JEANNE),
)
ARTICLES = (COUNCIL, MARKET, BARE, CAMILLE)
PLACES = [(number, quote.start) for number, one in enumerate(ARTICLES, 1) for quote in one.quotes]
NAMES = ("Jeanne Roy", "Camille Vial", "Pierre Ober", "Lise Ober")

Bound = Callable[[Archive, dict[int, int]], int]
"""A change of these very speakers, given who they are in this archive; gives the journal's number."""
Act = Callable[[Archive], Bound]
"""What somebody wants to change, told by places: which speakers these are depends on the changes before."""


class NothingThereError(Exception):
    """What the change is about isn't there."""


def quote_at(archive: Archive, place: tuple[int, int]) -> StoredQuote:
    for one in archive.article(place[0]).quotes:
        if one.quote.start == place[1]:
            return one
    raise NothingThereError


def speaker_at(archive: Archive, place: tuple[int, int]) -> int:
    speaker_id = quote_at(archive, place).speaker_id
    if speaker_id is None:
        raise NothingThereError
    return speaker_id


def fixing(place: tuple[int, int], change: Change) -> Act:
    return lambda _: lambda archive, _: archive.fix(quote_at(archive, place).id, change, who="ida")


def merging(place: tuple[int, int], other: tuple[int, int]) -> Act:
    def bind(archive: Archive) -> Bound:
        one, two = speaker_at(archive, place), speaker_at(archive, other)
        return lambda archive, now: archive.merge(now[one], [now[two]], who="ida")

    return bind


def splitting(place: tuple[int, int], name: str, by_quote: bool) -> Act:
    def bind(archive: Archive) -> Bound:
        who = speaker_at(archive, place)
        if by_quote:
            return lambda archive, now: archive.split(
                now[who], quote_ids=[quote_at(archive, place).id], name=name, who="ida"
            )[0]
        return lambda archive, now: archive.split(now[who], [place[0]], name=name, who="ida")[0]

    return bind


def renaming(place: tuple[int, int], name: str) -> Act:
    def bind(archive: Archive) -> Bound:
        who = speaker_at(archive, place)
        return lambda archive, now: archive.rename(now[who], name, who="ida")

    return bind


def naming(place: tuple[int, int], name: str) -> Act:
    def bind(archive: Archive) -> Bound:
        who = speaker_at(archive, place)
        return lambda archive, now: archive.add_alias(now[who], name, who="ida")

    return bind


def editing(article_id: int, change: ArticleChange) -> Act:
    return lambda _: lambda archive, _: archive.edit(article_id, change, who="ida")


places = st.sampled_from(PLACES)
names = st.sampled_from(NAMES)
speakers = st.builds(Speaker, names, st.just(SpeakerType.PERSON), st.sampled_from([None, *Gender]))
changes = st.one_of(
    st.builds(Change, speaker=speakers),
    st.builds(Change, role=st.sampled_from(["adjoint", "députée"])),
    st.sampled_from([Change(), Change(no_speaker=True), Change(no_role=True), Change(not_a_quote=True)]),
)
mendings = st.one_of(
    st.builds(ArticleChange, outlet=st.sampled_from(["", "L’Écho", "La Gazette"])),
    st.builds(ArticleChange, published=st.sampled_from(["", "2020-01-01"]), title=st.just("Autre")),
    st.builds(ArticleChange, authors=st.sampled_from([(), ("Ida Lenoir",)])),
)
acts = st.one_of(
    st.builds(fixing, places, changes),
    st.builds(merging, places, places),
    st.builds(splitting, places, st.sampled_from(["Jeanne Deux", "Anne Trois", "Zoé Quatre"]), st.booleans()),
    st.builds(renaming, places, st.sampled_from([*NAMES, "Nora Cinq"])),
    st.builds(naming, places, names),
    st.builds(editing, st.integers(1, len(ARTICLES)), mendings),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "paroles.db"
    with open_archive(path) as archive:
        for one in ARTICLES:
            archive.add(one, extractor_version="1")
    return path


def copy_of(path: Path, folder: str, name: str) -> Archive:
    return open_archive(shutil.copy(path, Path(folder) / name))


def state(archive: Archive) -> object:
    """All that can be seen, without numbers, which depend on what was there before."""
    return (
        [archive.article(number).extraction for number in range(1, len(ARTICLES) + 1)],
        sorted(
            (row.name, row.type, row.gender or "", row.incomplete, row.quotes, sorted(row.roles), row.aliases)
            for row in archive.speakers()
        ),
        [
            (row.text, row.speaker, row.speaker_type, row.gender, row.role, row.outlet, row.published)
            for row in sorted(archive.quotes(), key=lambda row: (row.article_id, row.start))
        ],
        [(one.exact, one.change, one.instead.text) for one in archive.corrections()],
    )


class Keeper:
    """Somebody who makes changes in an archive; ``now`` says who the speakers of the first one are here."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.now = {number: number for number in self._speakers()}

    def _speakers(self) -> list[int]:
        with self.archive.reading() as connection:
            return list(connection.execute(text("SELECT id FROM speakers ORDER BY id")).scalars())

    def make(self, bound: Bound, known_as: list[int] | None = None) -> tuple[int, list[int]]:
        """Make a change; give its number and the speakers that it has added."""
        before = self._speakers()
        entry = bound(self.archive, self.now)
        added = [number for number in self._speakers() if number not in before]
        self.now |= dict(zip(known_as or added, added, strict=True))
        return entry, added


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=st.lists(acts, max_size=7), chance=st.randoms(use_true_random=False))
def test_what_is_left_is_what_the_remaining_changes_give(
    filled: Path, made: list[Act], chance: Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with copy_of(filled, folder, "undone.db") as archive:
            keeper = Keeper(archive)
            entries: dict[int, tuple[Bound, list[int]]] = {}
            for act in made:
                with contextlib.suppress(NothingThereError, ArchiveError):
                    bound = act(archive)
                    entry, added = keeper.make(bound)
                    entries[entry] = bound, added
            for entry in chance.sample(list(entries), chance.randint(0, len(entries))):
                before = state(archive)
                if refusal := undone(archive, entry):
                    later = [f"`quotes undo {one}` first" for one in entries if one > entry]
                    assert refusal.endswith(tuple(later)), refusal
                    assert state(archive) == before
                else:
                    del entries[entry]
            left = state(archive)
            assert archive.check() == []
        with copy_of(filled, folder, "replayed.db") as replayed:
            keeper = Keeper(replayed)
            for bound, added in entries.values():
                keeper.make(bound, added)
            assert state(replayed) == left


def undone(archive: Archive, entry: int) -> str | None:
    """Undo a change; why it can't be."""
    try:
        archive.undo(entry)
    except ArchiveError as error:
        return str(error)
    return None


def test_an_edit_is_in_the_journal_and_undone_in_any_order(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    before = state_of_one(archive)
    first = archive.edit(1, ArticleChange(outlet="L’Écho", published="2020-01-01"), who="ida")
    second = archive.edit(1, ArticleChange(outlet="La Gazette", title=""), who="ida")
    entry = archive.history()[0]
    assert (entry.action, entry.summary) == ("edit", "article 1: title unknown, outlet La Gazette")
    archive.undo(first)
    article = archive.article(1).article
    assert (article.outlet, article.title, article.published) == ("La Gazette", None, "2024-05-17")
    assert {row.outlet for row in archive.quotes()} == {"La Gazette"}
    archive.undo(second)
    assert state_of_one(archive) == before


def state_of_one(archive: Archive) -> object:
    return archive.article(1), [(row.outlet, row.published) for row in archive.quotes()]


def test_a_name_taken_over_from_a_merge_stands_on_it(filled: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, copy_of(filled, folder, "p.db") as archive:
        kept, joined = speaker_at(archive, (1, 2)), speaker_at(archive, (4, 2))
        merge = archive.merge(kept, [joined], who="ida")
        rename = archive.rename(kept, "Camille Vial", who="ida")
        with pytest.raises(ArchiveError, match=f"quotes undo {rename}` first"):
            archive.undo(merge)
        archive.undo(rename)
        archive.undo(merge)
        assert {"Jeanne Roy", "Camille Vial"} <= {row.name for row in archive.speakers()}


def test_an_edit_of_nothing_is_refused(archive: Archive) -> None:
    archive.add(COUNCIL, extractor_version="1")
    with pytest.raises(ArchiveError, match="nothing was said"):
        archive.edit(1, ArticleChange(), who="ida")
    with pytest.raises(ArchiveError, match="no change 7"):
        archive.undo(7)
