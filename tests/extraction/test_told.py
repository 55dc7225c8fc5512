"""Told speech: what is proposed, what the clues say, and which of overlapping stretches stand."""

from __future__ import annotations

from quotes.extraction.carrier import Attribution, Carrier, read_carrier
from quotes.extraction.clues.told import told_clues
from quotes.extraction.indirect import choose, propose_told
from quotes.extraction.proper_names import Vocabulary
from quotes.extraction.sentences import sentences_of
from quotes.extraction.told_bounds import Told, ends, tells
from quotes.model import Zone, ZoneKind


def _carrier(text: str) -> Carrier:
    (sentence,) = sentences_of(text, [Zone(kind=ZoneKind.BODY, start=0, end=len(text))], [])
    return read_carrier(sentence, Vocabulary([sentence.tokens]))


def _printed(text: str, carrier: Carrier, told: Told) -> str:
    return text[carrier.tokens[told.first].start : carrier.tokens[told.last - 1].end]


def _proposed(text: str) -> set[str]:
    carrier = _carrier(text)
    return {_printed(text, carrier, told) for told in propose_told(text, carrier)}


def _told(first: int, last: int) -> Told:
    return Told(first, last, Attribution("told_that", None))


def test_every_bound_is_proposed() -> None:
    text = "Léa Roy affirme que la digue tient, mais la pluie dure."
    assert {"la digue tient", "la digue tient, mais la pluie dure"} <= _proposed(text)


def test_a_sentence_of_incises_offers_no_more_than_is_looked_at() -> None:
    text = "dit-il, " * 60
    carrier = _carrier(text)
    assert len(list(propose_told(text, carrier))) == 120


def test_what_a_clause_in_front_tells_ends_before_the_main_clause() -> None:
    text = "Alors que la mairie affirme que la digue tient, la pluie dure."
    assert "la digue tient" in _proposed(text)
    assert not any("la pluie dure" in told for told in _proposed(text))


def test_a_conjunction_opens_no_clause() -> None:
    assert not _proposed("Léa Roy a parlé au maire alors que la pluie tombait.")


def test_an_infinitive_is_found_behind_a_date() -> None:
    assert "avoir vendu la ferme" in _proposed("Léa Roy a dit lundi à la radio avoir vendu la ferme.")


def test_boundaries_have_names() -> None:
    carrier = _carrier("Léa Roy affirme que la digue tient, ce qui rassure.")
    assert {boundary.name for boundary in ends(carrier, 4)} == {"end", ",ce qui"}


def test_no_bracket_is_cut() -> None:
    carrier = _carrier("La digue (bâtie hier) tient.")
    assert tells(carrier, 0, len(carrier.tokens))
    assert not tells(carrier, 3, len(carrier.tokens))


def test_clues_name_the_verb() -> None:
    text = "Léa Roy affirme que la digue tient."
    carrier = _carrier(text)
    told = next(propose_told(text, carrier))
    assert "lemma affirmer" in set(told_clues(text, carrier, told))


def test_two_good_stretches_stand_before_one_over_both() -> None:
    both, first, second = _told(0, 10), _told(0, 4), _told(6, 10)
    assert choose([both, first, second], [0.85, 0.7, 0.7], 0.4) == [1, 2]
    assert choose([both, first, second], [0.95, 0.5, 0.5], 0.4) == [0]
    assert choose([both], [0.3], 0.4) == []


def test_place_and_date_of_a_dispatch_are_told_by_nobody() -> None:
    proposed = _proposed("LORMES, 12 mai 2024 (AFP) - Les grutiers reprendront lundi, selon le port.")
    assert "Les grutiers reprendront lundi" in proposed
    assert not any("AFP" in told for told in proposed)


def test_a_bracket_inside_a_sentence_is_no_dateline() -> None:
    assert "Les grutiers (CGT) reprendront lundi" in _proposed(
        "Les grutiers (CGT) reprendront lundi, selon le port."
    )
