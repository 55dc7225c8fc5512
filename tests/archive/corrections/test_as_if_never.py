"""Random lives of an archive: articles come in between changes by hand, rules get newer, changes are undone.

What is left must be what an archive gives that had the same life without the changes that were undone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quotes.archive import Archive, ArticleChange, Change, Filters, StoredQuote, open_archive
from quotes.errors import ArchiveError
from quotes.model import Extraction, Gender, Mention, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, JEANNE, MADAME_ROY, MARKET, PAUL, UNION, extraction
from tests.postgresql import Server

# So many lives in the suite; `QUOTES_LIVES=500` for a night.
LIVES = int(os.environ.get("QUOTES_LIVES", "30"))
STEPS = 14

CAMILLE = Speaker("Camille Vial", SpeakerType.PERSON)
CAMILLE_F = Speaker("Camille Vial", SpeakerType.PERSON, Gender.FEMALE)
NUMBER_TWO = Speaker("Jeanne Deux", SpeakerType.PERSON)
PIERRE = Speaker("Pierre Ober", SpeakerType.PERSON, Gender.MALE)


def mentioned(one: Extraction) -> Extraction:
    """The same with each speaker mentioned as printed."""
    text = one.article.text
    quotes = []
    for quote in one.quotes:
        start = text.find(quote.speaker.name) if quote.speaker else -1
        mention = (
            Mention(start, start + len(quote.speaker.name), quote.speaker.name) if quote.speaker else None
        )
        quotes.append(replace(quote, mention=mention if start >= 0 else None))
    return replace(one, quotes=tuple(quotes))


def article(*said: tuple[str, Speaker]) -> Extraction:
    return mentioned(extraction(" ".join(f"« {words} », dit {who.name}." for words, who in said), *said))


ARTICLES = (
    mentioned(COUNCIL),
    mentioned(MARKET),
    article(("Nous tiendrons", MADAME_ROY), ("Pas un mot de plus", JEANNE)),
    article(("Encore nous", CAMILLE), ("Toujours", JEANNE)),
    article(("Je suis contente", CAMILLE_F), ("C’est dit", NUMBER_TWO)),
    article(("Le pont tient", PIERRE), ("Il bouge", PAUL)),
    article(("La grève aura lieu", UNION), ("Nul ne le sait", CAMILLE)),
)
PLACES = [(number, quote.start) for number, one in enumerate(ARTICLES) for quote in one.quotes]
NAMES = ("Jeanne Roy", "Camille Vial", "Pierre Ober", "Lise Ober", "Jeanne Deux", "Nora Cinq")


class NothingThereError(Exception):
    """What the change is about isn't there."""


@dataclass
class Life:
    """An archive, with what its articles are called: by their place in ``ARTICLES``."""

    archive: Archive

    def __post_init__(self) -> None:
        self.articles: dict[int, int] = {}

    def add(self, number: int) -> None:
        if number not in self.articles:
            added = self.archive.add(ARTICLES[number], extractor_version="1")
            self.articles[number] = added.article_id

    def quote(self, place: tuple[int, int]) -> StoredQuote:
        number = self.articles.get(place[0])
        if number is not None:
            for one in self.archive.article(number).quotes:
                if one.quote.start == place[1]:
                    return one
        raise NothingThereError

    def speaker(self, place: tuple[int, int]) -> int:
        found = self.quote(place).speaker_id
        if found is None:
            raise NothingThereError
        return found

    def article(self, number: int) -> int:
        if number not in self.articles:
            raise NothingThereError
        return self.articles[number]

    def state(self) -> dict[str, Any]:
        """All that can be seen, without numbers, which depend on what was there before."""
        return {
            "articles": [self.archive.article(number).extraction for number in self.articles.values()],
            "speakers": sorted(
                (
                    row.name,
                    row.type,
                    row.gender or "",
                    row.incomplete,
                    row.quotes,
                    sorted(row.roles),
                    row.aliases,
                )
                for row in self.archive.speakers()
            ),
            "quotes": [
                (row.text, row.speaker, row.speaker_type, row.gender, row.role, row.printed, row.outlet)
                for row in sorted(self.archive.quotes(), key=lambda row: (row.article_id, row.start))
            ],
        }


Act = Callable[[Life], int]
"""A change by hand, told by places; gives the journal's number."""


def fixing(place: tuple[int, int], change: Change) -> Act:
    return lambda life: life.archive.fix(life.quote(place).id, change, who="ida")


def merging(place: tuple[int, int], other: tuple[int, int]) -> Act:
    return lambda life: life.archive.merge(life.speaker(place), [life.speaker(other)], who="ida")


def splitting(place: tuple[int, int], name: str, by_quote: bool) -> Act:
    def act(life: Life) -> int:
        who = life.speaker(place)
        if by_quote:
            return life.archive.split(who, quote_ids=[life.quote(place).id], name=name, who="ida")[0]
        return life.archive.split(who, [life.article(place[0])], name=name, who="ida")[0]

    return act


def renaming(place: tuple[int, int], name: str) -> Act:
    return lambda life: life.archive.rename(life.speaker(place), name, who="ida")


def naming(place: tuple[int, int], name: str) -> Act:
    return lambda life: life.archive.add_alias(life.speaker(place), name, who="ida")


def editing(number: int, outlet: str) -> Act:
    change = ArticleChange(outlet=outlet)
    return lambda life: life.archive.edit(life.article(number), change, who="ida")


places = st.sampled_from(PLACES)
speakers = st.builds(
    Speaker, st.sampled_from(NAMES), st.just(SpeakerType.PERSON), st.sampled_from([None, *Gender])
)
changes = st.one_of(
    st.builds(Change, speaker=speakers),
    st.builds(Change, role=st.sampled_from(["adjoint", "députée"])),
    st.sampled_from([Change(), Change(no_speaker=True), Change(no_role=True), Change(not_a_quote=True)]),
)
acts = st.one_of(
    st.builds(fixing, places, changes),
    st.builds(merging, places, places),
    st.builds(splitting, places, st.sampled_from(["Jeanne Deux", "Anne Trois", "Zoé Quatre"]), st.booleans()),
    st.builds(renaming, places, st.sampled_from(NAMES)),
    st.builds(naming, places, st.sampled_from(NAMES)),
    st.builds(editing, st.integers(0, len(ARTICLES) - 1), st.sampled_from(["", "L’Écho"])),
)


def undone(archive: Archive, entry: int) -> str | None:
    """Undo a change; why it can't be."""
    try:
        archive.undo(entry)
    except ArchiveError as error:
        return str(error)
    return None


class AsIfNever(RuleBasedStateMachine):
    """Whatever happens, the archive is sound; an undone change leaves no trace, or says why it can't go."""

    def __init__(self, empty: Callable[[], Path | str]) -> None:
        super().__init__()
        self.life = Life(open_archive(empty()))
        self._empty = empty
        self.done: list[tuple[int | None, Callable[[Life], object]]] = []

    @rule(number=st.integers(0, len(ARTICLES) - 1))
    def add(self, number: int) -> None:
        self.life.add(number)
        self.done.append((None, lambda life: life.add(number)))

    @rule(act=acts)
    def change(self, act: Act) -> None:
        with suppress(NothingThereError, ArchiveError):
            self.done.append((act(self.life), act))

    @rule(number=st.integers(0, len(ARTICLES) - 1))
    def reextract(self, number: int) -> None:
        def again(life: Life) -> None:
            if number in life.articles:
                stored = ARTICLES[number]
                life.archive.reextract(life.articles[number], stored, extractor_version="2")

        again(self.life)
        self.done.append((None, again))

    @precondition(lambda self: any(entry for entry, _ in self.done))
    @rule(chance=st.randoms(use_true_random=False))
    def undo(self, chance: Any) -> None:
        entry = chance.choice([entry for entry, _ in self.done if entry])
        before = self.life.state()
        if refusal := undone(self.life.archive, entry):
            assert "first" in refusal or "use `quotes" in refusal, refusal
            assert self.life.state() == before
            return
        self.done = [one for one in self.done if one[0] != entry]

    @invariant()
    def sound(self) -> None:
        assert self.life.archive.check() == []

    def teardown(self) -> None:
        try:
            left = self.life.state()
        finally:
            self.life.archive.close()
        with open_archive(self._empty()) as archive:
            life = Life(archive)
            for _, act in self.done:
                act(life)
            assert left == life.state()


def live(empty: Callable[[], Path | str], lives: int) -> None:
    """Lead so many lives, each in an empty archive."""
    run_state_machine_as_test(
        lambda: AsIfNever(empty),  # type: ignore[arg-type]
        settings=settings(
            max_examples=lives,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_undone_change_leaves_no_trace_in_a_file() -> None:
    with tempfile.TemporaryDirectory() as folder:
        numbers = count()
        live(lambda: Path(folder) / f"vie{next(numbers)}.db", LIVES)


def test_an_undone_change_leaves_no_trace_on_a_server(server: Server) -> None:
    live(server.empty_archive, LIVES // 3)


def test_a_gender_that_articles_told_meanwhile_is_known_after_a_merge_is_undone(archive: Archive) -> None:
    archive.add(ARTICLES[3], extractor_version="1")
    speakers = {row.name: row.id for row in archive.speakers()}
    merge = archive.merge(speakers["Camille Vial"], [speakers["Jeanne Roy"]], who="ida")
    archive.add(ARTICLES[4], extractor_version="1")
    archive.undo(merge)
    assert archive.speaker("Camille Vial").gender == "f"


def test_a_gender_said_by_hand_is_forgotten_with_articles_that_came_since(archive: Archive) -> None:
    archive.add(ARTICLES[3], extractor_version="1")
    place = archive.article(1).quotes[0].id
    entry = archive.fix(place, Change(speaker=CAMILLE_F), who="ida")
    archive.add(ARTICLES[6], extractor_version="1")
    assert archive.speaker("Camille Vial").gender == "f"
    archive.undo(entry)
    assert archive.speaker("Camille Vial").gender is None
    assert archive.check() == []


def test_a_gender_said_by_hand_counts_before_those_that_articles_tell(archive: Archive) -> None:
    archive.add(ARTICLES[4], extractor_version="1")
    archive.add(ARTICLES[6], extractor_version="1")
    wrong = replace(CAMILLE, gender=Gender.MALE)
    entry = archive.fix(archive.article(2).quotes[1].id, Change(speaker=wrong), who="ida")
    assert [row.gender for row in archive.quotes(Filters(speaker="Camille Vial"))] == ["m", "m"]
    archive.undo(entry)
    assert archive.speaker("Camille Vial").gender == "f"


def test_a_gender_said_by_hand_counts_before_that_of_a_quote_that_was_confirmed(archive: Archive) -> None:
    archive.add(ARTICLES[4], extractor_version="1")
    archive.add(ARTICLES[6], extractor_version="1")
    archive.fix(archive.article(1).quotes[0].id, Change(), who="ida")
    said = Change(speaker=replace(CAMILLE, gender=Gender.MALE))
    archive.fix(archive.article(2).quotes[1].id, said, who="ida")
    assert archive.speaker("Camille Vial").gender == "m"


def test_a_gender_that_nothing_tells_any_more_is_unknown(archive: Archive) -> None:
    archive.add(ARTICLES[3], extractor_version="1")
    archive.add(ARTICLES[4], extractor_version="1")
    assert archive.speaker("Camille Vial").gender == "f"
    newer = article(("Je suis contente", CAMILLE), ("C’est dit", NUMBER_TWO))
    archive.reextract(2, newer, extractor_version="2")
    assert archive.speaker("Camille Vial").gender is None
    assert archive.check() == []


def test_who_is_parted_keeps_the_gender_that_is_told_with_the_quotes(archive: Archive) -> None:
    archive.add(ARTICLES[4], extractor_version="1")
    archive.add(ARTICLES[6], extractor_version="1")
    camille = archive.speaker("Camille Vial").id
    _, by_article = archive.split(camille, [2], who="ida")
    assert archive.speaker(str(by_article)).gender is None
    archive.undo()
    _, by_quote = archive.split(camille, quote_ids=[archive.article(1).quotes[0].id], who="ida")
    assert archive.speaker(str(by_quote)).gender == "f"
    assert archive.speaker(str(camille)).gender is None
    archive.undo()
    assert archive.speaker("Camille Vial").gender == "f"
