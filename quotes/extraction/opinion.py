"""A second opinion: what the encoder says, as clues, of all or only of what the judge is unsure of.

The encoder (:mod:`quotes.extraction.encoder`) costs more than everything else together. In ``auto`` it is
asked only where the rules' clues leave the judge in doubt; it then reads the windows that hold the answer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, cast, get_args

from quotes.errors import QuotesError
from quotes.extraction.clues.question import Question, Record
from quotes.extraction.judge import folder_of, has_weights
from quotes.extras import how_to_add

if TYPE_CHECKING:
    from quotes.extraction.encoder.reader import Encoder, Reading
    from quotes.extraction.encoder.speech import Speech

Model = Literal["never", "auto", "always"]
"""Whether the encoder is asked: of nothing, of what the judge is unsure of, or of everything."""

# Between which probabilities the judge is unsure, by the question (docs/performance.md: what that costs).
_UNSURE: Mapping[str, tuple[float, float]] = {
    "quote": (0.35, 0.75),
    "speaker": (0.0, 0.7),
}
_STEPS = 5  # of log-odds, either way: what is beyond counts as much


class SecondOpinion:
    """What the encoder that has read a text says of what it is asked, as clues."""

    def __init__(self, reading: Reading, always: bool) -> None:
        self.reading = reading
        self._always = always

    def is_wanted(self, question: str, likely: float) -> bool:
        """Whether to ask, where the rules' clues make an answer this likely."""
        low, high = _UNSURE[question]
        return self._always or low < likely < high

    def on_quote(self, start: int, end: int) -> str:
        """Whether a span in marks is somebody's words."""
        return f"encoder:{_step(self.reading.quote(start, end))}"

    def on_speakers(self, speech: Speech, question: Question, records: Sequence[Record]) -> list[list[str]]:
        """The clues to each candidate, in the order of the records, and to nobody as the last."""
        nobody, *odds = self.reading.speakers(speech)
        first = max(range(len(odds)), key=lambda n: (odds[n], -n), default=-1)
        found = [
            list(_on_candidate(question, record, odds[n], n == first)) for n, record in enumerate(records)
        ]
        return [*found, [f"nobody,encoder:{_step(nobody)}"]]


def _on_candidate(question: Question, record: Record, odds: float, first: bool) -> Iterator[str]:
    yield f"encoder:{_step(odds)}"
    own = question.answer is record.entity
    if first:
        yield "encoder_first"
        yield f"encoder_first,type:{record.entity.type}"
        yield f"encoder_first,answer:{question.rule}" if own else f"encoder_first,over:{question.rule}"


def _step(odds: float) -> str:
    """Log-odds as a clue has them: in whole steps, so that no last decimal decides anything."""
    return f"{max(-_STEPS, min(_STEPS, round(odds))):+d}"


def has_encoder() -> bool:
    """Whether the encoder can be asked: the extra is installed, and weights for its clues are there."""
    return _is_installed() and has_weights("encoder")


def _is_installed() -> bool:
    return find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None


def meant_by(model: Model) -> Model:
    """What ``auto`` stands for here: the environment's ``QUOTES_MODEL`` may say that it is something else.

    Raises:
        QuotesError: the environment names no such model.
    """
    own = os.environ.get("QUOTES_MODEL") or model
    if own not in get_args(Model):
        raise QuotesError(f"QUOTES_MODEL={own}: it has to be one of {', '.join(get_args(Model))}")
    return cast(Model, own) if model == "auto" else model


def settled(model: Model) -> Model:
    """What the dial comes to here: see :func:`meant_by`; ``auto`` without an encoder is ``never``.

    Raises:
        QuotesError: see :func:`meant_by`.
    """
    meant = meant_by(model)
    return "never" if meant == "auto" and not has_encoder() else meant


def require(model: Model) -> None:
    """See that what is asked for can be had, before anything is read.

    Raises:
        QuotesError: the encoder is to be asked always, and isn't installed, or nothing was learnt of what
            its clues are worth; or see :func:`meant_by`.
    """
    if meant_by(model) != "always":
        return
    if not _is_installed():
        raise QuotesError(f"the encoder needs more packages: {how_to_add('encoder')}")
    if not has_weights("encoder"):
        folder = folder_of("rules")
        raise QuotesError(
            f"{folder}: no weights for the encoder, which would stand in its folder encoder: learn them with"
            f" `python -m quotes.train GOLD_DIR --encoder ENCODER_DIR --output {folder}`, or leave out"
            " `--model always`"
        )


def encoder_for(model: Model) -> Encoder | None:
    """The encoder to ask, or ``None`` for the rules alone; ``model`` is what :func:`meant_by` gives.

    Raises:
        QuotesError: it is to be asked always, and can't be: see :func:`require`.
    """
    if model == "never" or (model == "auto" and not has_encoder()):
        return None
    require(model)
    from quotes.extraction.encoder.reader import encoder  # heavy: only when somebody asks

    return encoder()
