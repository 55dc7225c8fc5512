"""Annotated articles as what the encoder is trained on: its pieces, what is asked, what is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from quotes.evaluation import GoldArticle
from quotes.extraction.clues.question import Question
from quotes.extraction.encoder.asked import FEATURES, PAIR_COLUMNS, Marks, Sheet, marks_of, sheet_of
from quotes.extraction.encoder.pieces import Pieces, pieces_of
from quotes.extraction.flow import SILENT
from quotes.extraction.indirect import propose_told, stretch_of
from quotes.extraction.propose import mentions_in
from quotes.extraction.reading import Part, propose
from quotes.train.cases import (
    Annotation,
    as_read,
    is_silent,
    labelled_spans,
    right_ones,
    told_speakers,
    told_unit,
)
from quotes.train.encoder.net import MARKED, PROPOSED, TOLD, Questions

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article: its windows as ids and marks, what is asked of it and which answers are right.

    ``nobody`` says of each speech whether none of its candidates is right; ``candidates`` of each
    candidate, over all speeches, whether it is.
    """

    name: str
    windows: tuple[_Span, ...]
    ids: Tensor
    marks: Tensor
    asked: Questions
    quote: Tensor
    told: Tensor
    nobody: Tensor
    candidates: Tensor


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the parts of an article ask, as spans of the text with what is right."""

    marked: list[tuple[int, int, bool]]
    proposed: list[tuple[int, int, bool]]
    speeches: list[tuple[Sheet, list[bool]]]


def lesson_of(gold: GoldArticle) -> Lesson | None:
    """What one article teaches; ``None`` for an empty one."""
    gold, zones = as_read(gold)
    pieces = pieces_of(gold.text)
    if not len(pieces):
        return None
    parts = propose(gold.text, zones).parts
    spans = [(p.start, p.end) for part in parts for p in part.placed if not is_silent(p)]
    mentions = {start for part in parts for start, _ in mentions_in(part.read)}
    marks = marks_of(pieces, spans, sorted(mentions))
    gathered = _Gathered([], [], [])
    for part in parts:
        _gather(gold, part, pieces, marks, gathered)
    return _lesson(gold.name, pieces, marks, gathered)


def _gather(gold: GoldArticle, part: Part, pieces: Pieces, marks: Marks, into: _Gathered) -> None:
    for carrier in part.carriers:
        if carrier.sentence.zone not in SILENT:
            for told in propose_told(gold.text, carrier):
                into.proposed.append((*stretch_of(carrier, told), told_unit(gold, carrier, told) >= 0))
    for _, item, question, unit in labelled_spans(gold, part):
        if is_silent(item):
            continue
        into.marked.append((item.start, item.end, unit["label"] == "quote"))
        if unit["label"] == "quote":
            into.speeches.append(_speech(part, question, unit.get("speaker"), pieces, marks))
    for question, speaker in told_speakers(gold, part):
        into.speeches.append(_speech(part, question, speaker, pieces, marks))


def _speech(
    part: Part, question: Question, expected: Annotation | None, pieces: Pieces, marks: Marks
) -> tuple[Sheet, list[bool]]:
    records = part.docket.candidates(question)
    return sheet_of(pieces, marks, part.docket.speech(question, records)), right_ones(records, expected)


def _lesson(name: str, pieces: Pieces, marks: Marks, gathered: _Gathered) -> Lesson:
    sheets = [sheet for sheet, _ in gathered.speeches]
    rights = [right for _, right in gathered.speeches]
    counts = [len(right) for right in rights]
    before = np.cumsum([0, *counts])
    pairs = [_numbered(sheet.pairs, n, int(before[n])) for n, sheet in enumerate(sheets)]
    owners = [n for n, count in enumerate(counts) for _ in range(count)]
    features = np.concatenate([s.features for s in sheets]) if sheets else np.zeros((0, FEATURES), np.float32)
    asked = Questions(
        _spans(_in_pieces(pieces, gathered.marked), MARKED),
        _spans(_in_pieces(pieces, gathered.proposed), PROPOSED),
        torch.tensor(
            [(s.first, s.last, TOLD if s.told else MARKED) for s in sheets], dtype=torch.long
        ).reshape(-1, 3),
        torch.from_numpy(np.concatenate(pairs) if pairs else np.zeros((0, PAIR_COLUMNS + 1), np.int64)),
        torch.from_numpy(features),
        torch.tensor(owners, dtype=torch.long),
    )
    return Lesson(
        name,
        tuple(pieces.windows()),
        torch.from_numpy(pieces.ids),
        torch.from_numpy(marks.columns()),
        asked,
        torch.tensor([float(right) for *_, right in gathered.marked]),
        torch.tensor([float(right) for *_, right in gathered.proposed]),
        torch.tensor([float(not any(right)) for right in rights]),
        torch.tensor([float(one) for right in rights for one in right]),
    )


def _numbered(pairs: np.ndarray, speech: int, first: int) -> np.ndarray:
    """A sheet's pairs with the number of the speech before them, and candidates numbered over all."""
    moved = pairs.copy()
    moved[:, 0] += first
    return np.concatenate([np.full((len(moved), 1), speech), moved], axis=1)


def _in_pieces(pieces: Pieces, spans: list[tuple[int, int, bool]]) -> Iterator[_Span]:
    return (pieces.within(start, end) for start, end, _ in spans)


def _spans(spans: Iterator[_Span], kind: int) -> Tensor:
    return torch.tensor([(*span, kind) for span in spans], dtype=torch.long).reshape(-1, 3)
