"""The encoder as torch trains it: the base's layers, what each piece is marked with, and the heads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.extraction.encoder.asked import DISTANCES, FEATURES, TYPES
from quotes.train.encoder.base import Base

KEPT = 6
"""The lowest layers stay as they were pretrained: their states are made once for each article."""
_INNER = 192
_SMALL = 64
_DROPPED = 0.1
_LEAST_SPREAD = 1e-4
_STEPS = 127  # of a word's vector in eight bits
MARKED, TOLD, PROPOSED = range(3)
"""The kinds of spans that are asked about: in marks, told, proposed as told."""
_KINDS = 3

assert len(TYPES) < FEATURES


@dataclass(frozen=True, slots=True)
class Answers:
    """The logits for one article; a field is empty where nothing was asked."""

    quote: Tensor
    told: Tensor
    nobody: Tensor
    candidates: Tensor


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of one article: spans as (first piece, last piece, kind), pairs and candidates as rows.

    ``pairs`` has the columns of :class:`~quotes.extraction.encoder.asked.Sheet` after the number of the
    speech; its candidates are numbered over the whole article. ``owners`` has the speech of each candidate.
    """

    quote: Tensor
    told: Tensor
    speech: Tensor
    pairs: Tensor
    features: Tensor
    owners: Tensor


class Layer(nn.Module):
    """One layer of the base (BERT's)."""

    def __init__(self, base: Base, number: int) -> None:
        super().__init__()
        width, inner = base.width, base.inner
        self.heads = base.heads
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.n1, self.n2 = nn.LayerNorm(width, base.tiny), nn.LayerNorm(width, base.tiny)
        self.i, self.d = nn.Linear(width, inner), nn.Linear(inner, width)

        def matrix(name: str, rows: int, columns: int) -> Tensor:
            return torch.from_numpy(base.matrix(f"l{number}.{name}.w", rows, columns))

        def vector(name: str) -> Tensor:
            return torch.from_numpy(base.vector(f"l{number}.{name}"))

        self.qkv.weight.data = torch.cat([matrix(k, width, width) for k in "qkv"])
        self.qkv.bias.data = torch.cat([vector(f"{k}.b") for k in "qkv"])
        for linear, name, rows, columns in (
            (self.o, "ao", width, width),
            (self.i, "fi", inner, width),
            (self.d, "fo", width, inner),
        ):
            linear.weight.data, linear.bias.data = matrix(name, rows, columns), vector(f"{name}.b")
        for norm, name in ((self.n1, "aln"), (self.n2, "oln")):
            norm.weight.data, norm.bias.data = vector(f"{name}.w"), vector(f"{name}.b")

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """The states of the next layer; ``x`` and they are (windows, pieces, width)."""
        windows, length, width = x.shape
        parted = self.qkv(x).view(windows, length, 3, self.heads, width // self.heads)
        q, k, v = parted.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.o(mixed.transpose(1, 2).reshape(windows, length, width)))
        added = functional.dropout(self.d(functional.gelu(self.i(x))), _DROPPED, self.training)
        normed: Tensor = self.n2(x + added)
        return normed


class Lower(nn.Module):
    """The base's words and its lowest layers, which aren't trained."""

    def __init__(self, base: Base, words: np.ndarray) -> None:
        """``words`` has the base's number of each piece that the tokenizer knows."""
        super().__init__()
        table = base.matrix("emb.word", len(base.pieces), base.width)
        self.word = nn.Parameter(torch.from_numpy(table[words]), requires_grad=False)
        places = torch.from_numpy(base.vector("emb.pos")).view(-1, base.width)
        sort = torch.from_numpy(base.vector("emb.type")).view(-1, base.width)[0]
        self.register_buffer("place", places + sort)
        self.norm = nn.LayerNorm(base.width, base.tiny)
        self.norm.weight.data = torch.from_numpy(base.vector("emb.ln.w"))
        self.norm.bias.data = torch.from_numpy(base.vector("emb.ln.b"))
        self.layers = nn.ModuleList(Layer(base, number) for number in range(KEPT))

    def forward(self, ids: Tensor) -> Tensor:
        """The states above the lowest layers, from ids (windows, pieces)."""
        return self.above(self.word[ids])

    def above(self, words: Tensor) -> Tensor:
        """The states above the lowest layers, from the words' own vectors."""
        place: Tensor = self.get_buffer("place")
        x: Tensor = self.norm(words + place[: words.shape[1]])
        for layer in self.layers:
            x = layer(x)
        return x


def _answering(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.ReLU(), nn.Dropout(_DROPPED), nn.Linear(width, _SMALL), nn.ReLU(), nn.Linear(_SMALL, 1)
    )


class Upper(nn.Module):
    """What is trained: the upper layers, the marks and the heads."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        width = base.width
        self.layers = nn.ModuleList(Layer(base, number) for number in range(KEPT, base.layers))
        self.marked, self.phrase = nn.Embedding(2, width), nn.Embedding(2, width)
        self.line = nn.Embedding(2, width)
        self.span, self.kind = nn.Linear(5 * width, _INNER), nn.Embedding(_KINDS, _INNER)
        self.mention, self.none = nn.Linear(2 * width, _INNER), nn.Parameter(torch.zeros(_INNER))
        self.features = nn.Sequential(nn.Linear(FEATURES, _SMALL), nn.ReLU(), nn.Linear(_SMALL, _INNER))
        self.dist, self.inm = nn.Embedding(DISTANCES, _INNER), nn.Embedding(3, _INNER)
        self.same, self.subj = nn.Embedding(2, _INNER), nn.Embedding(2, _INNER)
        self.u, self.v = nn.Linear(_INNER, _INNER), nn.Linear(_INNER, _INNER)
        self.pair, self.nobody = _answering(_INNER), _answering(_INNER)
        self.quote, self.told = _answering(_INNER), _answering(_INNER)
        self.drop = nn.Dropout(_DROPPED)
        self.register_buffer("center", torch.zeros(width))
        self.register_buffer("scale", torch.ones(width))
        for embedding in (self.marked, self.phrase, self.line):
            nn.init.normal_(embedding.weight, 0, 0.02)
        for embedding in (self.kind, self.dist, self.inm, self.same, self.subj):
            nn.init.normal_(embedding.weight, 0, 0.1)

    def states(self, x: Tensor, marks: Tensor, mask: Tensor | None = None) -> Tensor:
        """The uppermost states; ``marks`` is (windows, pieces, 3)."""
        x = x + self.marked(marks[..., 0]) + self.phrase(marks[..., 1]) + self.line(marks[..., 2])
        x = self.drop(x)
        for layer in self.layers:
            x = layer(x, mask)
        return (x.float() - self.get_buffer("center")) / self.get_buffer("scale")

    def standardise(self, states: Tensor) -> None:
        """Take the mean and the spread of these states (pieces, width) for what is usual.

        The base was trained so that all its states point the same way: what parts one from the other is a
        twentieth of them, and a head that isn't shown that alone learns next to nothing.
        """
        self.get_buffer("center").copy_(states.mean(0))
        self.get_buffer("scale").copy_(states.std(0) + _LEAST_SPREAD)

    def forward(self, states: Tensor, asked: Questions) -> Answers:
        """Answer what is asked of an article, whose pieces have these states (pieces, width)."""
        sums = torch.cat([torch.zeros(1, states.shape[1]), states.cumsum(0)])
        speech = self._spans(states, sums, asked.speech)
        return Answers(
            self.quote(self._spans(states, sums, asked.quote))[:, 0],
            self.told(self._spans(states, sums, asked.told))[:, 0],
            self.nobody(speech)[:, 0],
            self._candidates(states, speech, asked),
        )

    def _spans(self, states: Tensor, sums: Tensor, spans: Tensor) -> Tensor:
        first, last = spans[:, 0], spans[:, 1]
        mean = (sums[last] - sums[first]) / (last - first)[:, None]
        before, after = (first - 1).clamp(min=0), last.clamp(max=len(states) - 1)
        ends = (states[first], states[last - 1], states[before], states[after])
        whole = self.drop(torch.cat([mean, *ends], 1))
        vectors: Tensor = self.span(whole) + self.kind(spans[:, 2])
        return vectors

    def _candidates(self, states: Tensor, speech: Tensor, asked: Questions) -> Tensor:
        """A candidate's score is that of its mentions together."""
        pairs = asked.pairs
        owner, candidate = speech[pairs[:, 0]], pairs[:, 1]
        ends = torch.cat([states[pairs[:, 2].clamp(min=0)], states[pairs[:, 3].clamp(min=0)]], 1)
        mention = torch.where(pairs[:, 2:3] < 0, self.none, self.mention(self.drop(ends)))
        mixed = mention + self.dist(pairs[:, 4]) + self.inm(pairs[:, 5]) + self.same(pairs[:, 6])
        mixed = mixed + self.subj(pairs[:, 7]) + self.u(owner) + self.v(owner * mention)
        scores = self.pair(mixed + self.features(asked.features)[candidate])[:, 0]
        count = len(asked.features)
        most = torch.full((count,), -1e4).scatter_reduce(0, candidate, scores.detach(), "amax")
        total = torch.zeros(count).scatter_add(0, candidate, torch.exp(scores - most[candidate]))
        return torch.log(total) + most


def shares(answers: Answers, owners: Tensor) -> tuple[Tensor, Tensor]:
    """The log-probabilities of *nobody* for each speech, and of each candidate for its own."""
    most = answers.nobody.detach().scatter_reduce(0, owners, answers.candidates.detach(), "amax")
    total = torch.exp(answers.nobody - most).scatter_add(
        0, owners, torch.exp(answers.candidates - most[owners])
    )
    whole = torch.log(total) + most
    return answers.nobody - whole, answers.candidates - whole[owners]


class Whole(nn.Module):
    """Lower and upper layers as one graph, as it is written for use: each word in eight bits."""

    def __init__(self, lower: Lower, upper: Upper) -> None:
        super().__init__()
        self.lower, self.upper = lower, upper
        most = lower.word.abs().amax(1, keepdim=True).clamp(min=1e-6)
        self.register_buffer("step", most / _STEPS)
        self.register_buffer("word", torch.round(lower.word / most * _STEPS).to(torch.int8))

    def forward(self, ids: Tensor, marks: Tensor) -> Tensor:
        """The states of one window."""
        words = self.get_buffer("word")[ids].to(torch.float32) * self.get_buffer("step")[ids]
        return self.upper.states(self.lower.above(words), marks)
