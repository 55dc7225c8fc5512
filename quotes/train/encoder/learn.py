"""Trains the upper layers and the heads on annotated articles. The same seed gives the same steps."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.extraction.encoder.pieces import middles
from quotes.train.encoder.base import Base
from quotes.train.encoder.net import Answers, Lower, Upper, shares
from quotes.train.encoder.sheets import Lesson

Say = Callable[[str], None]
_BEGIN, _END = 0, 2  # pieces around a window


@dataclass(frozen=True, slots=True)
class Pace:
    """How it learns: passes over the articles, articles a step, the rates of the layers and of the heads."""

    passes: int = 2
    articles: int = 2
    layers: float = 1.3e-4
    heads: float = 1e-3
    warm: float = 0.1  # the share of the steps over which the rates rise
    quote: float = 0.5  # what a wrong answer about a span costs, beside one about a speaker
    told: float = 0.7


Lowered = Mapping[str, Sequence[Tensor]]
"""The states above the layers that aren't trained, by the article, for each of its windows."""


def lowered(lower: Lower, lessons: Sequence[Lesson]) -> dict[str, list[Tensor]]:
    """Read all windows with the layers that stay as they are, once."""
    found = {}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for lesson in lessons:
            found[lesson.name] = [
                lower(_surrounded(lesson.ids[start:end])[None])[0].to(torch.float16)
                for start, end in lesson.windows
            ]
    return found


def train(base: Base, lessons: Sequence[Lesson], read: Lowered, pace: Pace, say: Say) -> Upper:
    """The upper layers and heads after these lessons."""
    random.seed(1)
    torch.manual_seed(1)
    upper = Upper(base)
    _standardise(upper, lessons[::12], read)
    steps = pace.passes * -(-len(lessons) // pace.articles)
    optimizer = torch.optim.AdamW(_rates(upper, pace), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1, (k + 1) / (pace.warm * steps)) * max(0.02, 1 - k / steps)
    )
    for number in range(pace.passes):
        upper.train()
        cost = 0.0
        batches = _batches(lessons, pace.articles)
        for batch in batches:
            loss = _loss(upper, batch, read, pace)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(upper.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            cost += float(loss.detach())
        say(f"pass {number + 1}: {cost / len(batches):.3f}")
    upper.eval()
    return upper


def _rates(upper: Upper, pace: Pace) -> list[dict[str, object]]:
    layers = list(upper.layers.parameters())
    known = {id(p) for p in layers}
    others = [p for p in upper.parameters() if id(p) not in known]
    return [{"params": layers, "lr": pace.layers}, {"params": others, "lr": pace.heads}]


def _batches(lessons: Sequence[Lesson], size: int) -> list[list[Lesson]]:
    """Articles of about the same length together, in an order that changes with each pass."""
    order = sorted(lessons, key=lambda lesson: len(lesson.ids) + 200 * random.random())
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    random.shuffle(batches)
    return batches


def _surrounded(ids: Tensor) -> Tensor:
    return torch.cat([torch.tensor([_BEGIN]), ids, torch.tensor([_END])])


def _standardise(upper: Upper, lessons: Sequence[Lesson], read: Lowered) -> None:
    upper.eval()
    with torch.no_grad():
        upper.standardise(torch.cat([_states(upper, [lesson], read)[0] for lesson in lessons]))


def _states(upper: Upper, batch: Sequence[Lesson], read: Lowered) -> list[Tensor]:
    """The states of each article's pieces, each from the window in whose middle it stands."""
    windows = [(lesson, k) for lesson in batch for k in range(len(lesson.windows))]
    longest = max(len(read[lesson.name][k]) for lesson, k in windows)
    width = read[batch[0].name][0].shape[1]
    x = torch.zeros(len(windows), longest, width)
    marks = torch.zeros(len(windows), longest, 3, dtype=torch.long)
    mask = torch.zeros(len(windows), 1, 1, longest, dtype=torch.bool)
    for row, (lesson, k) in enumerate(windows):
        start, end = lesson.windows[k]
        size = end - start + 2
        x[row, :size] = read[lesson.name][k].float()
        marks[row, 1 : size - 1] = lesson.marks[start:end]
        mask[row, ..., :size] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = upper.states(x, marks, mask)
    found, row = [], 0
    for lesson in batch:
        parts = []
        for (start, _), (low, high) in zip(lesson.windows, middles(lesson.windows), strict=True):
            parts.append(states[row, 1 + low - start : 1 + high - start])
            row += 1
        found.append(torch.cat(parts))
    return found


def _loss(upper: Upper, batch: Sequence[Lesson], read: Lowered, pace: Pace) -> Tensor:
    costs = {"speech": torch.zeros(()), "quote": torch.zeros(()), "told": torch.zeros(())}
    counts = dict.fromkeys(costs, 0)
    for lesson, states in zip(batch, _states(upper, batch, read), strict=True):
        answers: Answers = upper(states, lesson.asked)
        for name, logits, right in (
            ("quote", answers.quote, lesson.quote),
            ("told", answers.told, lesson.told),
        ):
            costs[name] = costs[name] + functional.binary_cross_entropy_with_logits(
                logits, right, reduction="sum"
            )
            counts[name] += len(right)
        costs["speech"] = costs["speech"] + _speech_loss(answers, lesson)
        counts["speech"] += len(lesson.nobody)
    mean = {name: cost / max(1, counts[name]) for name, cost in costs.items()}
    return mean["speech"] + pace.quote * mean["quote"] + pace.told * mean["told"]


def _speech_loss(answers: Answers, lesson: Lesson) -> Tensor:
    """How unlikely the right answers are, together, summed over the speeches."""
    if not len(lesson.nobody):
        return torch.zeros(())
    owners = lesson.asked.owners
    nobody, candidates = shares(answers, owners)
    good = (torch.exp(nobody) * lesson.nobody).scatter_add(
        0, owners, torch.exp(candidates) * lesson.candidates
    )
    return -torch.log(good + 1e-6).sum()
