"""What the archive and the readers say in English, on pages that are French; and what may have been meant."""

from __future__ import annotations

from quotes.archive import Archive
from tests.archive.samples import JEANNE, extraction
from tests.web.conftest import Visitor


def test_errors_of_the_archive(editor: Visitor) -> None:
    refused = editor.post("/merge", {"target": "1", "other": "Personne"}, 409)
    assert "il n’y a pas de locuteur" in refused
    assert "there is no speaker" not in refused
    english = editor.post("/merge?lang=en", {"target": "1", "other": "Personne"}, 409)
    assert "there is no speaker" in english


def test_what_could_not_be_read(reader: Visitor) -> None:
    refused = reader.post("/try", {}, 422, files={"file": ("note.txt", b"du texte\0 avec un trou")})
    assert "n’est pas du texte" in refused


def test_notes_of_a_search(reader: Visitor) -> None:
    assert "n’est pas un nom de champ" in reader.get("/search?q=chose:pont")
    assert "is no field word" in reader.get("/search?q=chose:pont", accept_language="en")


def test_near_words_and_names(reader: Visitor) -> None:
    page = reader.get("/search?q=attendrosn")
    assert "Vouliez-vous dire" in page
    assert 'href="/search?q=attendrons"' in page
    assert "speaker=Paul+Vasseur-Lemoine" in reader.get("/search?q=Vasseru")
    assert "speaker=Jeanne+Roy" in reader.get("/search?speaker=Jeane+Roi")
    assert "outlet=%22Le+Courrier+du+Val%22" in reader.get("/search?outlet=Le+Courier+du+Val&q=pont")
    assert "Vouliez-vous dire" not in reader.get("/search?q=zzzzzzz")


def test_what_changes_the_sense(reader: Visitor) -> None:
    page = reader.get("/verify?wording=L%E2%80%99%C3%89tat+a+publi%C3%A9+ses+d%C3%A9clarations")
    assert "Le sens change" in page
    assert "une négation de plus ou de moins" in page


def test_impossible_dates_are_listed_and_not_drawn(reader: Visitor, archive: Archive) -> None:
    for number, day in enumerate(("2999-01-01", "2023-04-05")):
        said = f"Nous sommes {number} à attendre le bac"
        one = extraction(f"« {said} », dit Jeanne Roy.", (said, JEANNE), published=day)
        archive.add(one, extractor_version="1")
    for by in ("year", "month"):
        assert "non dessinées :" in reader.get(f"/figures?by={by}")
        assert "2999" not in reader.get(f"/figures.svg?by={by}")
        assert "2999" in reader.get(f"/figures.csv?by={by}")
    assert "non dessinées" not in reader.get("/figures?by=outlet")
