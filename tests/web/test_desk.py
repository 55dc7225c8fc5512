"""Correcting, reviewing, merging, parting, renaming: what a form does, and that it can be undone."""

from __future__ import annotations

import re

from tests.web.conftest import Visitor


def said_by(editor: Visitor, article: int, number: int) -> str | None:
    found = next(one for one in editor.room.archive.article(article).quotes if one.id == number)
    return found.quote.speaker.name if found.quote.speaker else None


def test_a_wrong_speaker_is_mended_and_undone(editor: Visitor) -> None:
    page = editor.get("/articles/2/quotes/2")
    assert 'value="Jeanne Roy"' in page
    leads = editor.post(
        "/fix",
        {
            "quote": "2",
            "article": "2",
            "verdict": "both",
            "speaker": "Zoé Marin",
            "speaker_before": "Jeanne Roy",
            "role": "maire de Saint-Aubin",
            "role_before": "maire de Saint-Aubin",
        },
    )
    assert said_by(editor, 2, 2) == "Zoé Marin"
    assert editor.room.archive.article(2).quotes[0].quote.role is not None
    assert editor.room.archive.corrections()[0].who == "ida"
    page = editor.get(leads.partition("#")[0])
    assert "Zoé Marin" in page
    assert "vérifié" in page
    done = re.search(r'name="change" value="(\d+)"', page)
    assert done
    assert editor.post("/undo", {"change": done[1], "back": "/articles/2"}) == "/articles/2"
    assert said_by(editor, 2, 2) == "Jeanne Roy"


def test_what_is_left_as_it_was_is_not_said_again(editor: Visitor) -> None:
    same = {
        "speaker": "Jeanne Roy",
        "speaker_before": "Jeanne Roy",
        "role": "adjointe",
        "role_before": "maire",
    }
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "both", **same})
    (correction,) = editor.room.archive.corrections()
    assert correction.change.to_json() == {"role": "adjointe"}


def test_no_quote_no_speaker_no_role(editor: Visitor) -> None:
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "speaker", "speaker": ""})
    assert said_by(editor, 2, 2) is None
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "role", "role": ""})
    assert editor.room.archive.article(2).quotes[0].quote.role is None
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "none"})
    assert [one.id for one in editor.room.archive.article(2).quotes] == [3]


def test_a_new_speaker_is_what_was_chosen(editor: Visitor) -> None:
    fields = {"speaker": "Ligue du Val", "type": "organization", "gender": "x"}
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "speaker", **fields})
    assert editor.room.archive.speaker("Ligue du Val").type == "organization"


def test_review_goes_from_the_least_certain_on(editor: Visitor) -> None:
    left = editor.room.archive.unconfirmed()
    page = editor.get("/review")
    assert f"<strong>{left}</strong>" in page
    first = re.search(r'name="quote" value="(\d+)"', page)
    assert first
    leads = editor.post("/review", {"quote": first[1], "verdict": "right", "after": ""})
    page = editor.get(leads)
    second = re.search(r'name="quote" value="(\d+)"', page)
    assert second
    assert second[1] != first[1]
    assert f"<strong>{left - 1}</strong>" in page
    assert "ida" in page
    # Put off: the next one comes, and the place is kept after an answer.
    later = re.search(r'href="(/review\?after=\d+)"', page)
    assert later
    page = editor.get(later[1])
    third = re.search(r'name="quote" value="(\d+)"', page)
    assert third
    assert third[1] not in (first[1], second[1])
    leads = editor.post("/review", {"quote": third[1], "verdict": "none", "after": second[1]})
    assert leads.endswith(f"after={second[1]}")
    assert editor.post("/undo", {"back": "/review"}) == f"/review?quote={third[1]}"
    assert editor.room.archive.unconfirmed() == left - 1


def test_review_comes_to_an_end(editor: Visitor) -> None:
    for row in editor.room.archive.least_certain(limit=50):
        editor.post("/review", {"quote": str(row.id), "verdict": "right"})
    assert "Tout est relu" in editor.get("/review")


def test_merge_rename_alias_split_undo(editor: Visitor) -> None:
    archive = editor.room.archive
    roy, paul = archive.speaker("Jeanne Roy"), archive.speaker("Paul Vasseur-Lemoine")
    leads = editor.post("/rename", {"speaker": str(roy.id), "name": "Jeanne  Leroy"})
    assert "Jeanne Leroy" in editor.get(leads)
    editor.post("/alias", {"speaker": str(roy.id), "name": "Mme la maire"})
    assert "Mme la maire" in editor.get(f"/speakers/{roy.id}")
    leads = editor.post("/split", {"speaker": str(roy.id), "article": "3", "name": "Jeanne Roy la jeune"})
    assert "Jeanne Roy la jeune" in editor.get(leads)
    leads = editor.post("/merge", {"target": str(roy.id), "other": "Paul Vasseur-Lemoine"})
    assert archive.speaker(str(roy.id)).quotes == 3
    assert "Annuler" in editor.get(leads)
    history = editor.get("/history")
    for word in ("fusion", "séparation", "nouveau nom", "autre nom", "ida"):
        assert word in history
    assert "Jeanne Leroy → Jeanne Roy la jeune, article 3" in history
    english = editor.get("/history", accept_language="en")
    assert "Jeanne Leroy → Jeanne Roy la jeune in article 3" in english
    for _ in range(4):
        editor.post("/undo", {})
    assert archive.speaker("Jeanne Roy").quotes == 3
    assert archive.speaker(str(paul.id)).quotes == 1
    assert "annulée" in editor.get("/history")


def test_ticked_quotes_are_somebody_elses(editor: Visitor) -> None:
    archive = editor.room.archive
    roy = archive.speaker("Jeanne Roy").id
    page = editor.get(f"/speakers/{roy}")
    ticks = re.findall(r'name="quotes" value="(\d+)" form="split-quotes"', page)
    assert len(ticks) == 3
    fields = {"speaker": str(roy), "by": "quotes", "name": "Jeanne Roy la jeune"}
    leads = editor.post("/split", {**fields, "quotes": ticks[:2]})
    assert "Jeanne Roy la jeune" in editor.get(leads)
    assert archive.speaker("Jeanne Roy la jeune").quotes == 2
    assert archive.speaker(str(roy)).quotes == 1
    assert "Cochez les citations" in editor.post("/split", fields, status=400)
    assert "numéro" in editor.post("/split", {**fields, "quotes": "x"}, status=400)
    back = re.search(r'name="back" value="([^"]*)"', editor.get(leads))
    assert back
    # Nobody has the number any more of who has been parted.
    assert "Jeanne Roy" in editor.get(editor.post("/undo", {"back": back[1]}))
    assert archive.speaker(str(roy)).quotes == 3


def test_what_is_undone_in_the_review_is_asked_again(editor: Visitor) -> None:
    def shown(page: str) -> str:
        (number,) = re.findall(r'name="quote" value="(\d+)"', page)
        return str(number)

    first = shown(editor.get("/review"))
    page = editor.get(f"/review?after={first}")
    second = shown(page)
    leads = editor.post("/review", {"quote": second, "after": first, "verdict": "none"})
    assert shown(editor.get(leads)) not in (first, second)
    leads = editor.post("/undo", {"back": "/review"})
    assert shown(editor.get(leads)) == second
    assert shown(editor.get("/review?quote=999")) == first


def test_likely_doubles_have_a_button(editor: Visitor) -> None:
    from quotes.model import Speaker, SpeakerType
    from tests.archive.samples import extraction

    assert editor.room.desk
    one = extraction(
        "« Nous reviendrons », dit J. Roy.", ("Nous reviendrons", Speaker("J. Roy", SpeakerType.PERSON))
    )
    editor.room.desk.add(one, extractor_version="test")
    assert "J. Roy" in editor.get("/speakers/doubles")
    page = editor.get("/speakers/1")
    assert "Peut-être la même personne" in page
    other = editor.room.archive.speaker("J. Roy").id
    leads = editor.post("/merge", {"target": "1", "other": str(other), "back": "/speakers/doubles"})
    assert leads.startswith("/speakers/doubles?done=")
    assert "J. Roy" not in editor.get("/speakers/doubles").split("<table")[-1].split("</table")[0]
