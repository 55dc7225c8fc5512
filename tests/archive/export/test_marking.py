from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotes.archive import StoredQuote
from quotes.archive.export.marking import around, blocks, with_title
from quotes.model import Article, Cue, Mention, Quote, QuoteKind, Span, Zone, ZoneKind
from tests.archive import samples


def stored(number: int, start: int, end: int, *incises: Span) -> StoredQuote:
    return StoredQuote(number, Quote(start, end, "x", QuoteKind.DIRECT, incises=incises), None)


def test_incises_are_the_journalists() -> None:
    found = samples.full()
    (title, body) = blocks(found.article, [StoredQuote(1, found.quotes[0], 4)])
    assert title.kind is ZoneKind.HEADLINE
    said = [piece.text for piece in body.pieces if piece.quotes]
    assert said == ["Nous attendrons", " le dégel."]
    assert [piece.text for piece in body.pieces if piece.cue] == ["a dit"]
    assert [piece.text for piece in body.pieces if piece.mention] == ["Jeanne Roy"]
    assert [one.id for one in body.quotes] == [1]
    assert [piece.opens for piece in body.pieces if piece.opens] == [(1,)]


def test_a_title_stands_once() -> None:
    found = samples.full()
    said = [StoredQuote(1, found.quotes[0], 4)]
    title, below = with_title(found.article, said)
    assert title is not None
    assert title.is_plain
    assert [block.kind for block in below] == [ZoneKind.BODY]
    title, below = with_title(replace(found.article, title="Autre"), said)
    assert (title, len(below)) == (None, 2)
    # Words that are said in it are marked in it.
    title, below = with_title(found.article, [stored(2, 0, 4)])
    assert title is not None
    assert [one.id for one in title.quotes] == [2]
    assert len(below) == 1


def test_quotes_in_quotes() -> None:
    article = Article("il a dit que tu viens", zones=(Zone(ZoneKind.BODY, 0, 21),))
    (block,) = blocks(article, [stored(1, 0, 21), stored(2, 13, 21)])
    assert [(piece.text, [one.id for one in piece.quotes]) for piece in block.pieces] == [
        ("il a dit que ", [1]),
        ("tu viens", [1, 2]),
    ]


def test_a_quote_over_two_paragraphs_is_noted_once() -> None:
    article = Article("un deux\ntrois", zones=(Zone(ZoneKind.BODY, 0, 7), Zone(ZoneKind.BODY, 8, 13)))
    first, second = blocks(article, [stored(1, 3, 13)])
    assert [one.id for one in first.quotes] == [1]
    assert second.quotes == ()
    assert second.pieces[0].quotes[0].id == 1


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(st.text("ab \n", min_size=40, max_size=40), st.lists(st.tuples(SPANS, SPANS, SPANS), max_size=6))
def test_the_pieces_are_the_text(text: str, spans: list[tuple[list[int], list[int], list[int]]]) -> None:
    quotes = [
        StoredQuote(
            number,
            Quote(
                start,
                end,
                text[start:end],
                QuoteKind.DIRECT,
                cue=Cue(a, b, text[a:b], ""),
                mention=Mention(c, d, text[c:d]),
            ),
            number,
        )
        for number, ((start, end), (a, b), (c, d)) in enumerate(spans)
    ]
    for zones in ((), (Zone(ZoneKind.BODY, 0, 17), Zone(ZoneKind.BODY, 20, 40))):
        found = blocks(Article(text, zones=zones), quotes)
        if zones:
            assert [len("".join(piece.text for piece in block.pieces)) for block in found] == [17, 20]
        joined = "".join(piece.text for block in found for piece in block.pieces)
        assert "".join(joined.split()) == "".join((text if not zones else text[:17] + text[20:]).split())
        opened = [number for block in found for piece in block.pieces for number in piece.opens]
        assert len(opened) == len(set(opened))


def test_around_ends_at_lines_and_words() -> None:
    text = "Avant.\nIl a dit oui hier soir.\nAprès."
    start = text.index("oui")
    assert around(text, start, start + 3) == ("Il a dit ", " hier soir.")
    assert around(text, start, start + 3, 7) == ("…a dit ", " hier…")
