"""What holds for the extraction of any text whatever, and pieces to build such texts from."""

from __future__ import annotations

from itertools import pairwise

from quotes.model import Cue, Extraction, Mention, QuoteKind

PIECES = (
    *" \n,.:;!?…()[]-–—/'’*0",
    *'«»“”„"‹›',
    *(
        "« ",
        " »",
        " », ",
        " : « ",
        "\n\n",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\u0301",
        "É",
        "œ",
        "🙂",
        "ﬁ",
        "\x00",
    ),
    *(
        "a-t-il dit",
        ", a-t-elle ajouté, ",
        "dit-on",
        " a déclaré ",
        " selon ",
        "d’après ",
        "affirme que ",
        " qu’",
        "pour ",
    ),
    *(
        "Jeanne Roy",
        " M. Roy",
        " Mme ",
        "Me ",
        "Paul",
        " de la ",
        "L’",
        "Hélio-Verre",
        "A.",
        " ETR ",
        "Jean-Noël d’Arlac",
    ),
    *(
        " la maire de Lormes",
        " le directeur ",
        "une habitante",
        " des ouvriers ",
        "l’association",
        " le rapport ",
    ),
    *(
        "il ",
        "elle",
        " ils ",
        "celui-ci",
        "on ",
        " qui ",
        "et ",
        " le mot ",
        "nous partons",
        " demain",
        "n’est pas ",
        "avoir",
    ),
    *(
        "Q : ",
        "R : ",
        "\n— ",
        "J. R. – ",
        "Lire aussi : ",
        "Publié le 3 mai 2024",
        "42 ans, ",
        "1,5 %",
        "article 12 ",
    ),
)


def check(text: str, extraction: Extraction) -> None:
    """Raise ``AssertionError`` unless all offsets, texts and orders agree with each other."""
    assert extraction.article.text == text
    for quote in extraction.quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        assert not text[quote.start].isspace()
        assert not text[quote.end - 1].isspace()
        kept, at = "", quote.start
        for incise in quote.incises:
            assert at <= incise.start < incise.end <= quote.end
            kept, at = kept + text[at : incise.start], incise.end
        assert quote.text == kept + text[at : quote.end]
        assert 0 <= quote.confidence <= 1
        assert quote.rule
        _check_passage(text, quote.mention)
        _check_passage(text, quote.cue)
        if quote.speaker is not None:
            assert quote.speaker.name.strip()
        else:
            assert quote.role is None
            assert quote.mention is None
        if quote.kind is QuoteKind.INDIRECT:
            assert quote.speaker is not None
        if quote.role is not None:
            assert quote.role.text.strip()
    for other in extraction.not_quotes:
        assert 0 <= other.start <= other.end <= len(text)
        assert text[other.start : other.end] == other.text
        assert other.reason
    order = [(quote.start, quote.end) for quote in extraction.quotes]
    assert order == sorted(order)
    marked = [(q.start, q.end) for q in extraction.quotes if q.kind is not QuoteKind.INDIRECT]
    marked += [(n.start, n.end) for n in extraction.not_quotes]
    # A mark inside a reply that stands without marks is a quotation of its own; nothing else overlaps.
    in_order = pairwise(sorted(marked, key=lambda span: (span[0], -span[1])))
    assert all(before[1] <= after[0] or after[1] <= before[1] for before, after in in_order)


def _check_passage(text: str, passage: Mention | Cue | None) -> None:
    if passage is None:
        return
    assert 0 <= passage.start < passage.end <= len(text)
    # As printed, but for a line end or several spaces, which become one space, and for the asterisk
    # of a changed first name, which is left out.
    assert passage.text.split() == text[passage.start : passage.end].replace("*", " ").split()
