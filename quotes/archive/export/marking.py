"""An article's text in pieces, each with the quotes that it is in: what a page underlines and explains.

One pass over the sorted bounds of everything; the pieces of a block, joined, are its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes.archive.values import StoredQuote
from quotes.model import Article, ZoneKind

TONES = 6
"""So many colours (with patterns) of underlining; then they begin again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``quotes`` are those it is said in, the outermost first; ``opens`` those that
    begin with it, ``cue`` and ``mention`` those whose words of saying or speaker it is."""

    text: str
    quotes: tuple[StoredQuote, ...] = ()
    opens: tuple[int, ...] = ()
    cue: tuple[int, ...] = ()
    mention: tuple[int, ...] = ()

    @property
    def innermost(self) -> StoredQuote | None:
        """Give whose words they are in the end."""
        return self.quotes[-1] if self.quotes else None

    @property
    def is_plain(self) -> bool:
        """Tell whether there is nothing to mark."""
        return not (self.quotes or self.cue or self.mention)


@dataclass(frozen=True, slots=True)
class Block:
    """A zone of the article in pieces, with the quotes that begin in it."""

    kind: ZoneKind
    pieces: tuple[Piece, ...]
    quotes: tuple[StoredQuote, ...]

    @property
    def text(self) -> str:
        """Give the words of the zone, without spaces around."""
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing in it is marked."""
        return all(piece.is_plain for piece in self.pieces)


def tones(quotes: Iterable[StoredQuote]) -> dict[int | str | None, int]:
    """Give each speaker (by number, or by name where they have none) a tone, in the order of the text."""
    found: dict[int | str | None, int] = {}
    for stored in quotes:
        if stored.quote.speaker is not None:
            found.setdefault(speaker_key(stored), len(found) % TONES)
    return found


def speaker_key(stored: StoredQuote) -> int | str | None:
    """Give what a quote's speaker is known by on a page."""
    if stored.speaker_id is not None:
        return stored.speaker_id
    return stored.quote.speaker.name if stored.quote.speaker else None


def blocks(article: Article, quotes: Sequence[StoredQuote]) -> list[Block]:
    """Take an article apart into its zones, and these into pieces."""
    marks = list(_marks(quotes))
    starts: dict[int, list[_Mark]] = defaultdict(list)
    ends: dict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        starts[mark.start].append(mark)
        ends[mark.end].append(mark)
    bounds = sorted(starts.keys() | ends.keys())
    zones = [(zone.kind, zone.start, zone.end) for zone in article.zones] or list(_lines(article.text))
    found: list[Block] = []
    open_marks: dict[_Mark, None] = {}
    opened: set[int] = set()
    at = 0
    for kind, start, end in zones:
        pieces: list[Piece] = []
        begun: list[StoredQuote] = []
        place = start
        while at < len(bounds) and bounds[at] < end:
            bound = bounds[at]
            if bound > place:
                pieces.append(_piece(article.text[place:bound], open_marks, opened, begun))
                place = bound
            for mark in ends[bound]:
                open_marks.pop(mark, None)
            open_marks |= dict.fromkeys(starts[bound])
            at += 1
        if place < end:
            pieces.append(_piece(article.text[place:end], open_marks, opened, begun))
        found.append(Block(kind, tuple(pieces), tuple(begun)))
    return found


def with_title(article: Article, quotes: Sequence[StoredQuote]) -> tuple[Block | None, list[Block]]:
    """Give ``blocks`` for a page that has the title above: the one that is the title, and those below it.

    ``None`` where the text doesn't begin with its title.
    """
    found = blocks(article, quotes)
    if found and article.title and found[0].text.split() == article.title.split():
        return found[0], found[1:]
    return None, found


@dataclass(frozen=True, slots=True)
class _Mark:
    """A stretch that is a quote, an incise in one, a cue or a mention."""

    start: int
    end: int
    what: str
    quote: StoredQuote


def _marks(quotes: Sequence[StoredQuote]) -> Iterator[_Mark]:
    for stored in quotes:
        quote = stored.quote
        yield _Mark(quote.start, quote.end, "said", stored)
        for incise in quote.incises:
            yield _Mark(incise.start, incise.end, "incise", stored)
        if quote.cue:
            yield _Mark(quote.cue.start, quote.cue.end, "cue", stored)
        if quote.mention:
            yield _Mark(quote.mention.start, quote.mention.end, "mention", stored)


def _piece(
    text: str, open_marks: Iterable[_Mark], opened: set[int], begun: list[StoredQuote]
) -> Piece:  # fmt: skip
    by: dict[str, list[StoredQuote]] = defaultdict(list)
    for mark in open_marks:
        by[mark.what].append(mark.quote)
    interrupted = {stored.id for stored in by["incise"]}
    said = [stored for stored in by["said"] if stored.id not in interrupted]
    said.sort(key=lambda stored: stored.quote.start - stored.quote.end)
    new = [stored for stored in said if stored.id not in opened]
    opened |= {stored.id for stored in new}
    begun += new
    return Piece(
        text,
        tuple(said),
        tuple(stored.id for stored in new),
        tuple(stored.id for stored in by["cue"]),
        tuple(stored.id for stored in by["mention"]),
    )


def _lines(text: str) -> Iterator[tuple[ZoneKind, int, int]]:
    """The lines of a text whose zones nobody has told."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield ZoneKind.BODY, start, start + len(line.rstrip())
        start += len(line)


def around(text: str, start: int, end: int, reach: int = 180) -> tuple[str, str]:
    """Give what stands before and after a passage in its line: whole words, ``reach`` characters at most."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    before, after = text[max(line, start - reach) : start], text[end : min(stop, end + reach)]
    if start - reach > line:
        before = "…" + before.partition(" ")[2]
    if end + reach < stop:
        after = after.rpartition(" ")[0] + "…"
    return before.lstrip(), after.rstrip()
