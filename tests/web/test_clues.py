"""The clues that decided are those of the rules, asked again; what people and newer rules say is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotes import extract
from quotes.archive import Change, open_archive
from quotes.model import Article, Speaker, SpeakerType
from tests.archive.samples import extraction
from tests.web.conftest import Visitor, visitor

TEXT = "« Le pont rouvrira en mai », a déclaré Jeanne Roy, maire de la commune. « Rien ne presse », dit-elle."
OTHER = "« Le lac est gelé », a dit Paul Vial. « Il dégèle », a répondu Anne Bois."


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Visitor]:
    place = tmp_path / "indices.db"
    with open_archive(place) as archive:
        archive.add(extract(Article(TEXT)), extractor_version="1")
        wrong = extraction(OTHER, ("Le lac est gelé", None), ("lac", Speaker("Zoé Lac", SpeakerType.PERSON)))
        archive.add(wrong, extractor_version="1")
    yield from visitor(place, edit=True, who="ida")


def test_the_clues_are_shown(room: Visitor) -> None:
    first = room.room.archive.article(1).quotes[0]
    assert f"/articles/1/quotes/{first.id}/clues" in room.get("/articles/1")
    page = room.get(f"/articles/1/quotes/{first.id}/clues")
    (name, weight), *_ = next(one.clues for one in extract(Article(TEXT)).quotes)
    assert f"<code>{name}</code></dt><dd>{weight:+.1f}</dd>" in page
    assert "autrement" not in page
    assert "Les indices" in page
    assert "The clues" in room.get(f"/articles/1/quotes/{first.id}/clues", accept_language="en")


def test_what_the_rules_would_say_now_is_told(room: Visitor) -> None:
    said, inner = sorted(room.room.archive.article(2).quotes, key=lambda one: one.quote.end, reverse=True)
    assert "Paul Vial" in room.get(f"/articles/2/quotes/{said.id}/clues")
    assert "ne trouvent plus" in room.get(f"/articles/2/quotes/{inner.id}/clues")


def test_who_has_checked_has_decided(room: Visitor) -> None:
    assert room.room.desk is not None
    first = room.room.archive.article(1).quotes[0].id
    room.room.desk.fix(first, Change(), who="ida")
    assert f"/quotes/{first}/clues" not in room.get("/articles/1")
    assert "Quelqu’un l’a vérifié" in room.get(f"/articles/1/quotes/{first}/clues")


def test_there_are_no_clues_of_nothing(room: Visitor) -> None:
    room.get("/articles/1/quotes/999/clues", status=404)
    room.get("/articles/9/quotes/1/clues", status=404)
