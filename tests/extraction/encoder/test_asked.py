from __future__ import annotations

import pytest

pytest.importorskip("tokenizers", reason="quotes[encoder] is not installed")

from quotes.extraction.encoder.asked import FEATURES, PAIR_COLUMNS, marks_of, sheet_of
from quotes.extraction.encoder.pieces import pieces_of
from quotes.extraction.encoder.speech import Candidate, Mentioned, Speech

TEXT = "Luc Ferrand, maire d'Orgelet, a reçu Anne Vial.\n« Nous partirons », a-t-il dit. Anne Vial se tait."


def mentions(words: str, *, subject: bool = False) -> tuple[Mentioned, ...]:
    found, at = [], TEXT.find(words)
    while at >= 0:
        found.append(Mentioned(at, at + len(words), subject))
        at = TEXT.find(words, at + 1)
    return tuple(found)


def speech(*candidates: Candidate) -> Speech:
    start = TEXT.index("Nous")
    return Speech(start, start + len("Nous partirons"), False, candidates)


LUC = Candidate("person", "m", False, True, mentions("Luc Ferrand", subject=True))
ANNE = Candidate("person", "f", False, False, mentions("Anne Vial"))
ABSENT = Candidate("group", None, True, False, ())


def test_each_candidate_has_a_row_and_each_mention_a_pair() -> None:
    pieces = pieces_of(TEXT)
    marks = marks_of(pieces, [(s := TEXT.index("Nous"), s + 14)], [m.start for m in LUC.mentions])
    sheet = sheet_of(pieces, marks, speech(LUC, ANNE, ABSENT))
    assert sheet.features.shape == (3, FEATURES)
    assert sheet.pairs.shape == (4, PAIR_COLUMNS)
    assert list(sheet.pairs[:, 0]) == [0, 1, 1, 2]
    assert list(sheet.pairs[-1]) == [2, -1, -1, 0, 0, 0, 0]
    assert marks.marked[sheet.first : sheet.last].all()


def test_before_and_after_are_told_apart() -> None:
    pieces = pieces_of(TEXT)
    marks = marks_of(pieces, [], [])
    before, after = sheet_of(pieces, marks, speech(ANNE)).pairs
    assert before[3] < 16 <= after[3]
    assert (before[5], after[5]) == (0, 1)  # on another line; on the same


def test_without_candidates_there_is_nothing_to_show() -> None:
    pieces = pieces_of(TEXT)
    sheet = sheet_of(pieces, marks_of(pieces, [], []), speech())
    assert sheet.features.shape == (0, FEATURES)
    assert sheet.pairs.shape == (0, PAIR_COLUMNS)
