"""The encoder at work: it reads a text once, window by window as far as it is asked, and answers in log-odds.

What it answers depends on the text alone: each window is read by itself (nothing is padded, no batch has
a say), its weights are integers, and so are the sums that cost most, on every processor the same.
"""

from __future__ import annotations

import multiprocessing
import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from quotes.errors import QuotesError
from quotes.extraction.encoder.asked import Marks, Sheet, marks_of, sheet_of
from quotes.extraction.encoder.pieces import Pieces, middles, pieces_of
from quotes.extraction.encoder.speech import Speech

_MARKED, _TOLD = 0, 1  # what sort of span is asked about
_BEGIN, _END = 0, 2  # the pieces around a window
_SMALLEST = 1e-9

Heads = Mapping[str, np.ndarray]


class Encoder:
    """A trained encoder: a graph that reads a window, and small layers that answer from what it read."""

    def __init__(self, graph: Path, heads: Heads) -> None:
        """``graph`` is an ONNX file; ``heads`` are the layers' weights by name.

        Raises:
            QuotesError: the graph can't be read.
        """
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = processors()
        try:
            self._session = onnxruntime.InferenceSession(
                str(graph), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's own exceptions share no base of their own
            raise QuotesError(f"{graph}: no encoder that onnxruntime can read: {error}") from error
        self._heads = {name: np.asarray(weight, dtype=np.float32) for name, weight in heads.items()}

    def read(self, text: str, marked: Sequence[tuple[int, int]], phrases: Sequence[int]) -> Reading:
        """Have a text read; ``marked`` are the spans in marks, ``phrases`` where a mention begins."""
        return Reading(self, text, marked, phrases)

    def states(self, ids: np.ndarray, marks: np.ndarray) -> np.ndarray:
        """The states of one window's pieces: (pieces, width); ``marks`` has three columns."""
        around = np.concatenate([[_BEGIN], ids, [_END]])[None]
        flags = np.zeros((1, len(ids) + 2, 3), dtype=np.int64)
        flags[0, 1:-1] = marks
        found: np.ndarray = self._session.run(None, {"ids": around, "marks": flags})[0][0, 1:-1]
        return found

    def span(self, own: np.ndarray, before: np.ndarray, after: np.ndarray, kind: int) -> np.ndarray:
        """A span as one vector, from the states of its pieces and those of the two beside it."""
        whole = np.concatenate([own.mean(0), own[0], own[-1], before, after])
        vector: np.ndarray = self._linear("span", whole) + self._heads["kind.weight"][kind]
        return vector

    def quote(self, vector: np.ndarray) -> float:
        """The log-odds that a span with this vector is somebody's words."""
        return float(self._scores("quote", vector[None])[0])

    def shares(self, states: Mapping[int, np.ndarray], vector: np.ndarray, sheet: Sheet) -> np.ndarray:
        """The log-probabilities of *nobody* and of each candidate, in this order.

        ``states`` has the state of each piece that the sheet's pairs name.
        """
        nobody = self._scores("nobody", vector[None])
        if not len(sheet.features):
            return np.zeros(1, dtype=np.float32)
        heads, pairs = self._heads, sheet.pairs
        width = len(next(iter(states.values()))) if states else 0
        ends = np.zeros((len(pairs), 2 * width), dtype=np.float32)
        for row, pair in enumerate(pairs):
            if pair[1] >= 0:
                ends[row] = np.concatenate([states[int(pair[1])], states[int(pair[2])]])
        mention = self._linear("mention", ends) if width else np.zeros((len(pairs), len(vector)), np.float32)
        mention = np.where(pairs[:, 1:2] < 0, heads["none"], mention)
        features = self._linear("features.2", np.maximum(self._linear("features.0", sheet.features), 0))
        mixed = (
            mention
            + heads["dist.weight"][pairs[:, 3]]
            + heads["inm.weight"][pairs[:, 4]]
            + heads["same.weight"][pairs[:, 5]]
            + heads["subj.weight"][pairs[:, 6]]
            + self._linear("u", vector)
            + self._linear("v", vector * mention)
            + features[pairs[:, 0]]
        )
        scores = self._scores("pair", mixed)
        most = np.full(len(sheet.features), -np.inf, dtype=np.float32)
        np.maximum.at(most, pairs[:, 0], scores)
        total = np.zeros(len(sheet.features), dtype=np.float32)
        np.add.at(total, pairs[:, 0], np.exp(scores - most[pairs[:, 0]]))
        each = np.concatenate([nobody, np.log(total) + most])
        highest = each.max()
        result: np.ndarray = each - highest - np.log(np.exp(each - highest).sum())
        return result

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        product: np.ndarray = x @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return product

    def _scores(self, name: str, x: np.ndarray) -> np.ndarray:
        hidden = np.maximum(self._linear(f"{name}.2", np.maximum(x, 0)), 0)
        scores: np.ndarray = self._linear(f"{name}.4", hidden)[:, 0]
        return scores


class Reading:
    """One text as the encoder has read it; what nobody asks about is never read."""

    def __init__(
        self, encoder: Encoder, text: str, marked: Sequence[tuple[int, int]], phrases: Sequence[int]
    ) -> None:
        self._encoder = encoder
        self._text = text
        self._marked = marked
        self._phrases = phrases
        self._cut: tuple[Pieces, Marks] | None = None
        self._flags = np.zeros((0, 3), dtype=np.int64)
        self._windows: list[tuple[int, int]] = []
        self._middles: list[tuple[int, int]] = []
        self._read: dict[int, np.ndarray] = {}

    def quote(self, start: int, end: int) -> float:
        """The log-odds that a span in marks is somebody's words."""
        pieces, _ = self._pieces()
        if not len(pieces):
            return 0.0
        return self._encoder.quote(self._span(*pieces.within(start, end), _MARKED))

    def speakers(self, speech: Speech) -> list[float]:
        """The log-odds of *nobody* and of each candidate as the speaker, in this order.

        Only mentions in the windows that hold the speech are looked at: what is further off the rules know,
        and to read it would cost as much as all the rest.
        """
        pieces, marks = self._pieces()
        if not len(pieces):
            return [0.0] * (1 + len(speech.candidates))
        sheet = sheet_of(pieces, marks, speech)
        near = self._holding(max(0, sheet.first - 1), min(len(pieces), sheet.last + 1))
        sheet = sheet.looking_at(lambda at: self._holding(at, at + 1)[0] in near)
        vector = self._span(sheet.first, sheet.last, _TOLD if speech.told else _MARKED)
        wanted = sorted({int(at) for at in sheet.pairs[:, 1:3].ravel() if at >= 0})
        shares = self._encoder.shares({at: self._states(at, at + 1)[0] for at in wanted}, vector, sheet)
        return [_odds(float(np.exp(share))) for share in shares]

    def _span(self, first: int, last: int, kind: int) -> np.ndarray:
        before, after = max(0, first - 1), min(last, len(self._pieces()[0]) - 1)
        return self._encoder.span(
            self._states(first, last),
            self._states(before, before + 1)[0],
            self._states(after, after + 1)[0],
            kind,
        )

    def _pieces(self) -> tuple[Pieces, Marks]:
        if self._cut is None:
            pieces = pieces_of(self._text)
            marks = marks_of(pieces, self._marked, self._phrases) if len(pieces) else _NO_MARKS
            self._cut, self._flags = (pieces, marks), marks.columns()
            self._windows = list(pieces.windows()) if len(pieces) else []
            self._middles = middles(self._windows)
        return self._cut

    def _states(self, first: int, last: int) -> np.ndarray:
        """The states of these pieces, each from the window in whose middle it stands."""
        found = []
        for number in self._holding(first, last):
            low, high = self._middles[number]
            start = self._windows[number][0]
            found.append(self._window(number)[max(first, low) - start : min(last, high) - start])
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _holding(self, first: int, last: int) -> range:
        """The windows in whose middle these pieces stand; at least one."""
        begin = bisect_right(self._middles, first, key=lambda middle: middle[0]) - 1
        end = bisect_left(self._middles, last, key=lambda middle: middle[0])
        return range(begin, max(begin + 1, end))

    def _window(self, number: int) -> np.ndarray:
        known = self._read.get(number)
        if known is None:
            start, end = self._windows[number]
            ids = self._pieces()[0].ids[start:end]
            known = self._read[number] = self._encoder.states(ids, self._flags[start:end])
        return known


_NO_MARKS = Marks(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def processors() -> int:
    """How many processors the encoder of this process may use: one, if it is one of several that extract.

    ``QUOTES_THREADS`` says so where nothing else tells.
    """
    told = os.environ.get("QUOTES_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    if multiprocessing.parent_process() is not None:
        return 1
    usable = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(usable(0)) if usable else os.cpu_count() or 1


def _odds(share: float) -> float:
    return float(np.log(max(share, _SMALLEST)) - np.log(max(1 - share, _SMALLEST)))


@cache
def encoder() -> Encoder:
    """The encoder that comes with the program; read once in a process."""
    with as_file(files("quotes.extraction.encoder").joinpath("data")) as folder:
        return encoder_in(folder)


def encoder_in(folder: Path, sort: type[Encoder] = Encoder) -> Encoder:
    """The encoder whose files :mod:`quotes.train.encoder` wrote into a folder."""
    with np.load(folder / "heads.npz") as heads:
        return sort(folder / "encoder.onnx", dict(heads))
