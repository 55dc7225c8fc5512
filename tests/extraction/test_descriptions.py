"""Whom a description means, and that it may mean nobody else of the article."""

from __future__ import annotations

import pytest

from quotes.extraction.clues.question import Question, Record
from quotes.extraction.clues.speaker import order_of, speaker_clues
from quotes.extraction.posts import stands_for
from quotes.extraction.propose import Docket
from quotes.extraction.reading import propose
from quotes.reading.zones import zones_of

_COURT = (
    "Le prévenu Hugo Lasserre s'est levé. « Je regrette », a-t-il dit. Le président, qui l'écoutait, lui a "
    "répondu : « Il fallait y penser avant ». Il a ajouté : « L'audience est levée »."
)


def _docket(text: str) -> Docket:
    (part,) = propose(text, zones_of(text)).parts
    return part.docket


def _asked(text: str, said: str) -> tuple[Question, dict[str, Record]]:
    """The question of who says the words that begin so, and its candidates by name."""
    docket = _docket(text)
    (question,) = (q for q in docket.quotations() if text[q.start :].startswith(said))
    return question, {record.entity.name: record for record in docket.candidates(question)}


def test_a_description_that_rules_take_for_somebody_may_stand_alone() -> None:
    question, candidates = _asked(_COURT, "Il fallait")
    assert question.answer is not None
    assert question.answer.name == "Hugo Lasserre"
    assert question.alone is candidates["Le président"].entity


def test_who_is_described_may_be_meant_by_the_pronoun_that_follows() -> None:
    _, candidates = _asked(_COURT, "L'audience")
    assert {"Hugo Lasserre", "Le président"} <= candidates.keys()
    assert candidates["Le président"].beside is candidates["Hugo Lasserre"].entity


def test_who_is_named_again_is_described_no_longer() -> None:
    text = _COURT.replace("Il a ajouté", "Hugo Lasserre est sorti. Il a ajouté")
    _, candidates = _asked(text, "L'audience")
    here = text.index("L'audience")
    assert max(p for p in candidates["Le président"].positions if p < here) < text.index("est sorti")


def test_somebody_beside_another_takes_no_place_among_the_recent() -> None:
    question, candidates = _asked(_COURT, "L'audience")
    order = order_of(question, list(candidates.values()))
    assert order.standings[id(candidates["Hugo Lasserre"])].recent == 0


def test_a_description_is_compared_with_what_is_told_of_whom_it_is_taken_for() -> None:
    told = _COURT.replace("Le prévenu", "Le président du club")
    for text, known in ((_COURT, "beside:open"), (told, "beside:told")):
        question, candidates = _asked(text, "Il fallait")
        records = list(candidates.values())
        clues = speaker_clues(question, candidates["Le président"], order_of(question, records))
        assert known in clues, (text, clues)
        assert "stands_alone" in clues


@pytest.mark.parametrize(
    ("word", "post", "stands"),
    [
        ("chercheur", "glaciologue", True),  # by its end
        ("élu", "maire", True),
        ("dirigeant", "PDG", True),
        ("chercheur", "boulanger", False),
        ("maire", "élu", False),  # only the broader word stands for the narrower post
    ],
)
def test_which_words_stand_for_a_post(word: str, post: str, stands: bool) -> None:
    assert stands_for(frozenset({word}), frozenset({post})) is stands


def _answer(text: str, said: str) -> str | None:
    question, _ = _asked(text, said)
    return question.answer.name if question.answer is not None else None


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        (
            "Elle s'est confiée aux gendarmes de Brume. Ces derniers ont relevé « un oubli ».",
            "un oubli",
            "les gendarmes de Brume",
        ),
        (
            "Omar Belgacem doit son français à une retraitée. Celle-ci a parlé d'« une fierté ».",
            "une fierté",
            "une retraitée",
        ),
        (
            "Les parties civiles, une vingtaine de familles, ont dénoncé « une farce ».",
            "une farce",
            "Les parties civiles",
        ),
        (
            "La Fédération des bateliers a protesté. Canaux du Sud n'a rien dit. L'Écho de Brume "
            "était présent. Le quotidien a évoqué « une rupture ».",
            "une rupture",
            "L'Écho de Brume",
        ),
        (
            "La mairie de Brume a perdu. Paul Roy est sorti. La municipalité regrette « une erreur ».",
            "une erreur",
            "mairie de Brume",
        ),
        (
            "Le port est fermé. Ailes du Levant, qui le dessert, a regretté « une décision hâtive ».",
            "une décision",
            "Ailes du Levant",
        ),
        (
            "Le directeur, Koffi N'Dri-Amon, est arrivé. Koffi N'Dri-Amon a promis « du travail ».",
            "du travail",
            "Koffi N'Dri-Amon",
        ),
    ],
)
def test_whom_the_rules_take_a_source_for(text: str, said: str, who: str) -> None:
    assert _answer(text, said) == who


@pytest.mark.parametrize("opening", ["Vingt-deux ans plus tard,", "Reçue lundi,", "Souffrant d'une entorse,"])
def test_what_opens_a_sentence_is_no_name(opening: str) -> None:
    docket = _docket(f"{opening} la maire Inès Roy a parlé d'« une page tournée ».")
    (question,) = docket.quotations()
    assert [record.entity.name for record in docket.candidates(question)] == ["Inès Roy"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Des dockers défilaient aux cris de « Pas de port sans nous ».", "Des dockers"),
        ("Au cri d'« Assez », la foule a envahi le parvis.", "la foule"),
        ("La foule chante, aux cris de « Assez », « Dehors » et « Demain ».", "La foule"),
    ],
)
def test_who_acts_at_the_cry(text: str, who: str) -> None:
    questions = list(_docket(text).quotations())
    assert [q.answer and q.answer.name for q in questions] == [who] * len(questions)


@pytest.mark.parametrize(
    ("cue", "facts"),
    [("a dit Léa Roy", set()), ("lui a dit Léa Roy", {"addressed"}), ("a rétorqué Léa Roy", {"answers"})],
)
def test_what_a_cue_tells_of_who_spoke_before(cue: str, facts: set[str]) -> None:
    (question,) = _docket(f"Paul Vernet attendait. « Demain », {cue}.").quotations()
    assert question.about & {"addressed", "answers"} == facts


def test_who_is_named_in_a_description_is_no_candidate_for_it() -> None:
    _, candidates = _asked("Le porte-parole d'Hugo Lasserre a dit : « Il viendra ».", "Il viendra")
    assert "Hugo Lasserre" not in candidates
    _, candidates = _asked("La lettre d'Hugo Lasserre s'achève ainsi : « Je viendrai ».", "Je viendrai")
    assert "Hugo Lasserre" in candidates


def test_where_somebody_is_only_heard_he_is_not_named() -> None:
    text = "Hugo Lasserre est là. Il affirme que la digue tient, que l'opposition juge « trop basse »."
    question, candidates = _asked(text, "trop basse")
    record = candidates["Hugo Lasserre"]
    assert record.first_after(question.end) is None
    assert any(seen.position >= question.start and not seen.printed for seen in record.seen)
