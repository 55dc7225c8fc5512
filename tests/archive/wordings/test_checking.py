"""What a fact-checker asks: wordings as the press shortens and bends them, and such as nobody said."""

from __future__ import annotations

import pytest

from quotes.archive import Archive, Filters
from quotes.archive.wordings.comparing import EditKind, Likeness, compare
from quotes.archive.wordings.cutting import cut
from quotes.archive.wordings.sense import Sense
from quotes.archive.wordings.surroundings import sentence_around
from quotes.archive.wordings.weights import Weights, is_content
from tests.archive.samples import JEANNE, PAUL, extraction

BRIDGE = (
    "Nous ne rouvrirons pas le pont suspendu, malgré les demandes des riverains, avant que les 3 000 boulons"
    " soient remplacés par la société Vergne"
)
TAX = "Il n’y aura pas de nouvelle taxe sur les péniches tant que le canal sera fermé"
BAKERS = "Les boulangers (et les meuniers) du canton réclament un four commun, je les comprends"
LONG = "On ne peut pas laisser la rivière dans cet état, les saumons ne remontent plus depuis huit ans"


@pytest.fixture
def said(archive: Archive) -> Archive:
    for day, (words, speaker) in enumerate(
        ((BRIDGE, JEANNE), (TAX, PAUL), (BAKERS, JEANNE), (LONG, PAUL)), 1
    ):
        archive.add(
            extraction(
                f"Il pleut sur le canal. « {words} », a dit l’élu devant la presse. La séance est levée.",
                (words, speaker),
                published=f"2024-02-{day:02d}",
                outlet="Le Phare",
                url=f"https://phare.example/{day}",
            ),
            extractor_version="1",
        )
    return archive


@pytest.mark.parametrize("mark", ["[…]", "(...)", "...", "…", "[...]", "(…)", "[ … ]"])
def test_shortened_as_the_press_shortens(said: Archive, mark: str) -> None:
    asked = f"Nous ne rouvrirons pas le pont suspendu {mark} soient remplacés par la société Vergne"
    (found,) = said.find_said(asked)
    assert found.row.text == BRIDGE
    assert found.comparison.likeness is Likeness.CUT
    assert found.comparison.likeness.value == "shortened"
    assert found.comparison.score == 1
    assert found.comparison.sense == ()


@pytest.mark.parametrize(
    ("asked", "archived"),
    [
        # An incise between commas and a bracket go without a mark.
        ("Nous ne rouvrirons pas le pont suspendu avant que les 3 000 boulons soient remplacés", BRIDGE),
        ("Les boulangers du canton réclament un four commun", BAKERS),
        ("[l]es boulangers du canton réclament un four commun […] je les comprends", BAKERS),
        ("On ne peut pas laisser la rivière [la Vire] dans cet état … depuis huit ans", LONG),
    ],
)
def test_what_is_readily_dropped(said: Archive, asked: str, archived: str) -> None:
    (found,) = said.find_said(asked)
    assert (found.row.text, found.comparison.sense) == (archived, ())
    assert found.comparison.likeness in (Likeness.CUT, Likeness.SHORTENED)


def test_pieces_are_matched_in_their_order(said: Archive) -> None:
    turned = "soient remplacés par la société Vergne […] Nous ne rouvrirons pas le pont suspendu"
    assert all(found.comparison.likeness is not Likeness.CUT for found in said.find_said(turned))


@pytest.mark.parametrize(
    "asked",
    [
        "Il n’y aura pas de vaccination obligatoire",
        "Il n’y aura pas de nouvelle",
        "On ne peut pas attendre dans cet état",
        "Les girafes du canton attendent un astronaute",
        "Nous ne rouvrirons pas les écoles",
        "ce n’est pas la même chose que nous",
        "tant que le",
    ],
)
def test_unrelated_wordings_do_not_alarm(said: Archive, asked: str) -> None:
    assert [found.row.text for found in said.find_said(asked) if asked not in found.row.text] == []


@pytest.mark.parametrize(
    ("asked", "sense"),
    [
        ("Il y aura de nouvelles taxes sur les péniches tant que le canal sera fermé", (Sense.NEGATION,)),
        ("Nous ne rouvrirons pas le pont suspendu avant que les 5 000 boulons soient remplacés par la "
         "société Vergne", (Sense.FIGURE,)),
        ("Nous ne rouvrirons pas le pont suspendu avant que les 3000 boulons soient remplacés par la "
         "société Vergne", ()),
        ("avant que les 3.000 boulons soient remplacés par la société Marlot", (Sense.NAME,)),
        ("la rivière dans cet état, les saumons ne remontent plus depuis dix ans", (Sense.FIGURE,)),
        ("la rivière dans cet état, les saumons ne remontent plus depuis 8 ans", ()),
        ("la rivière dans cet état, les saumons remontent depuis huit ans", (Sense.NEGATION,)),
        # Cut inside its negation, a sentence says the contrary.
        ("On ne peut pas laisser la rivière dans cet état, les saumons ne remontent", (Sense.NEGATION,)),
        ("la rivière dans cet état, les saumons remontent", (Sense.NEGATION,)),
        # Spoken French drops "ne", and nothing is changed by it.
        ("On peut pas laisser la rivière dans cet état, les saumons ne remontent plus", ()),
    ],
)  # fmt: skip
def test_what_changes_the_sense_is_marked(said: Archive, asked: str, sense: tuple[Sense, ...]) -> None:
    assert said.find_said(asked)[0].comparison.sense == sense


def test_a_name_is_no_other_name_for_its_case_or_place() -> None:
    archived = "Demain nous verrons la mairie d’Ancy et Lucie Fabre"
    assert compare("demain nous verrons la mairie d'ancy et lucie fabre", archived).sense == ()  # type: ignore[union-attr]
    assert compare(archived.upper(), archived).sense == ()  # type: ignore[union-attr]
    changed = compare("Demain nous verrons la mairie d’Ancy et Lucie Faure", archived)
    assert changed is not None
    assert changed.sense == (Sense.NAME,)


def test_slips_of_the_pen_are_forgiven(said: Archive) -> None:
    found = said.find_said("Les boulangres du canton réclamnt un four commun")[0]
    assert found.row.text == BAKERS
    assert found.comparison.score > 0.8


def test_swapped_words_are_found(said: Archive) -> None:
    assert said.find_said("Les boulangers du canton un four commun réclament")[0].row.text == BAKERS


def test_the_sentence_around_comes_with_the_answer(said: Archive) -> None:
    (found,) = said.find_said(TAX)
    assert found.around == f"« {TAX} », a dit l’élu devant la presse."


def test_what_was_printed_but_not_extracted(said: Archive) -> None:
    text = "Le préau est clos.\nSelon la cheffe, les fanfares défileront pieds nus dimanche.\nFin."
    said.add(extraction(text, outlet="Le Phare", published="2024-03-01"), extractor_version="1")
    asked = "Les fanfares defileront pieds nus dimanche"
    assert said.find_said(asked) == []
    (found,) = said.find_printed(asked)
    assert (found.article_id, found.outlet, found.published) == (5, "Le Phare", "2024-03-01")
    assert text[found.start : found.end] == found.text
    assert found.around == "Selon la cheffe, les fanfares défileront pieds nus dimanche."
    assert said.find_printed(asked, Filters(outlet="Gazette")) == []
    assert said.find_printed(asked, Filters(until="2024-02")) == []
    assert said.find_printed(asked, Filters(since="2024-02-20", outlet="phare")) == [found]
    assert said.find_printed("Les fanfares ne défileront pas pieds nus dimanche") == []
    assert said.find_printed("tant que le") == []


def test_a_cut_is_read() -> None:
    assert cut("Rien du tout").borders == frozenset()
    found = cut("[…] la gare […] demain (...)")
    assert [term.exact for term in found.terms] == ["la", "gare", "demain"]
    assert found.borders == {0, 2, 3}
    assert [term.exact for term in cut("[L]e maire").terms] == ["le", "maire"]


def test_words_weigh_by_rarity() -> None:
    weights = Weights({"pont": 400, "boulon": 1}, 1_000)
    assert weights.of("pont") < weights.of("boulon") <= 1
    assert weights.of("de") < weights.of("pont")
    assert not is_content("avait")
    assert is_content("canal")


def test_left_out_words_are_told_from_dropped_ones() -> None:
    shortened = compare("Nous partons … ce soir", "Nous partons tous ensemble ce soir")
    dropped = compare("Nous partons ce soir", "Nous partons tous ensemble ce soir")
    assert shortened is not None
    assert dropped is not None
    assert EditKind.LEFT_OUT in {edit.kind for edit in shortened.edits}
    assert EditKind.DROPPED in {edit.kind for edit in dropped.edits}
    assert shortened.score > dropped.score


def test_a_sentence_without_end_is_cut() -> None:
    text = "mot " * 400
    around = sentence_around(text, 800, 804)
    assert around.startswith("…")
    assert around.endswith("…")
    assert len(around) < 700
