"""The view of a text: what it folds, and that offsets come back; extraction reads nothing else."""

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import quotes
from quotes.extraction.typography import view_of
from quotes.model import Extraction
from tests.invariants import PIECES, check

ARTICLES = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
]
ODD = (
    *PIECES,
    *("<<", ">>", "‹‹", "››", "''", "’’", "``", "‘", "´", "`", "ʼ", "\x92", "\x93", "≪", "＂", "″"),
    *("\u00ad", "\u200e", "\u2060", "\ufeff", "\u0301", "\u0327", "  ", "\u00a0 ", "\r\n", "\u2011", "−"),
    *("·e", "(e)s", "/trice", "-e-s", "•es", "le/la ", "iel ", "un·e "),
    *(" t-elle", "e t'il", "a–t–il ", "dit elle", ", dit il.", " t ", "-t- on"),
)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("de\u0301ja\u0300 vu, c\u0327a va", "déjà vu, ça va"),
        ("con\u00adfie Odile Bar\u200bnay", "confie Odile Barnay"),
        ("\u200e« Oui\u2060 »,\ufeff dit-il", "« Oui », dit-il"),
        ("l´élue, d`Or, n\u02bca, s\x92en, qu‛on, j‘irai", "l'élue, d'Or, n'a, s'en, qu'on, j'irai"),
        ("l′eau, d´« office »", "l'eau, d'« office »"),
        ("a\u2011t\u2010il, Saint\u2011Malo, −3", "a-t-il, Saint-Malo, -3"),
        ("Paul  Roy,\u00a0 maire  de\tLormes", "Paul Roy, maire de\tLormes"),
        ("<<Oui>>, dit-il. ‹‹Non››", "«Oui», dit-il. «Non»"),
        ("<< Page d'avant\n>> Lire aussi : la suite", "<< Page d'avant\n>> Lire aussi : la suite"),
        ("≪Oui≫ 《Non》 ＂Si＂ ‟Ah” ''Bon'' ``Bien''", '«Oui» «Non» "Si" “Ah” "Bon" “Bien"'),
        ("en 20'' et l''eau", "en 20'' et l'eau"),
        ("‘On part d’ici’, dit-elle. Aujourd’hui", "“On part d’ici”, dit-elle. Aujourd’hui"),
        ("\x93Oui\x94, dit-il \x96 l\x92air", "“Oui”, dit-il – l'air"),
        ("candidat(e)s, un(e) élève, acteur/trice", "candidat·e·s, un·e élève, acteur·trice"),
        ("ami-e-s, élu•es, ravi·e", "ami·e·s, élu·es, ravi·e"),
        ("le/la maire, ceux/celles, et/ou, km/h, 3/4", "le·la maire, ceux·celles, et/ou, km/h, 3/4"),
        ("le(s) témoin(s), donne-les", "le(s) témoin(s), donne-les"),
        ("ajoute t-elle, a t'il, a–t–on, Y a t il", "ajoute-t-elle, a-t-il, a-t-on, Y a-t-il"),
        ("note-t- elle, a-t’il, va\u00adt\u00adil", "note-t-elle, a-t-il, va-t-il"),
        ("« Oui », dit elle. « Non », répond -il", "« Oui », dit-elle. « Non », répond-il"),
        ("dit- on, disent ils", "dit-on, disent-ils"),
        ("il dit elle et moi ; s'il le dit, elle part", "il dit elle et moi ; s'il le dit, elle part"),
        ("Il disait – elle aussi – que l'on part", "Il disait – elle aussi – que l'on part"),
    ],
)  # fmt: skip
def test_what_is_folded(printed: str, read: str) -> None:
    view = view_of(printed)
    assert view.text == read
    assert view.changed == (printed != read)


def test_a_plain_text_is_its_own_view() -> None:
    for article in ARTICLES:
        view = view_of(article)
        assert view.text is article
        assert not view.changed


def test_nothing_begins_with_the_space_that_the_view_leaves_out() -> None:
    """A mutated article gave a quote that began with one."""
    view = view_of("Jeanne Roy a assuré que \u2011t\u2011il part demain.")
    begins = {view.start(at) for at in range(len(view.text)) if not view.text[at].isspace()}
    assert not any(view.printed[at].isspace() for at in begins)


def test_offsets_lead_back() -> None:
    printed = "<< Ou\u00adi  >>, re\u0301pond t´elle a\u0300 Le\u0301a."
    view = view_of(printed)
    assert view.text == "« Oui », répond t'elle à Léa."
    for word, original in (
        ("Oui", "Ou\u00adi"),
        ("répond", "re\u0301pond"),
        ("Léa", "Le\u0301a"),
        ("à", "a\u0300"),
    ):
        at = view.text.index(word)
        assert printed[view.start(at) : view.end(at + len(word))] == original
        assert view.forth(view.start(at)) == at


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ODD), max_size=30).map("".join) | st.text(max_size=60))
@example("e\u200b\u0301 <\u200b< a >> \u00ad ")
def test_the_map_is_monotone(text: str) -> None:
    view = view_of(text)
    for lead in (view.start, view.end):
        back = [lead(at) for at in range(len(view.text) + 1)]
        assert back == sorted(back)
        assert 0 <= back[0] <= back[-1] <= len(text)
    for at in range(len(view.text)):
        assert view.start(at) < view.end(at + 1) or view.text[at] in "-t"
    forth = [view.forth(at) for at in range(len(text) + 1)]
    assert forth == sorted(forth)
    assert forth[0] == 0
    assert forth[-1] == len(view.text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ODD), max_size=30).map("".join) | st.text(max_size=60))
@example(" \x1f")  # Python counts the separators of ASCII among spaces; nobody sees one
def test_a_view_is_its_own_view(text: str) -> None:
    read = view_of(text).text
    assert view_of(read).text == read


# --- a text in another dress says the same ---


def _sprinkled(character: str) -> Callable[[str, random.Random], str]:
    def sprinkle(text: str, chance: random.Random) -> str:
        inside = (
            c + character if c.isalpha() and after.isalpha() and chance.random() < 0.2 else c
            for c, after in zip(text, text[1:] + " ", strict=True)
        )
        return "".join(inside)

    return sprinkle


def _swapped(wanted: str, *characters: str) -> Callable[[str, random.Random], str]:
    def swap(text: str, chance: random.Random) -> str:
        return "".join(
            chance.choice(characters)
            if c in wanted and 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
            else c
            for i, c in enumerate(text)
        )

    return swap


def _spaced(text: str, chance: random.Random) -> str:
    return "".join(c + " " * chance.randint(0, 1) if c == " " else c for c in text)


DRESSES: dict[str, Callable[[str, random.Random], str]] = {
    "composed": lambda text, chance: unicodedata.normalize("NFD", text),
    "soft hyphens": _sprinkled("\u00ad"),
    "zero width": _sprinkled("\u200b"),
    "direction": _sprinkled("\u200e"),
    "apostrophes": _swapped("'’", *"'’´`ʼ′‘‛\x92"),
    "hyphens": _swapped("-", *"-\u2010\u2011"),
    "spaces": _spaced,
    "angles": lambda text, chance: text.replace("«", "<<").replace("»", ">>"),
}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ARTICLES), st.sampled_from(sorted(DRESSES)), st.integers(0, 1_000))
def test_another_dress_says_the_same(article: str, dress: str, seed: int) -> None:
    text = "\n".join(line for line in article.split("\n") if "<" not in line)
    dressed = DRESSES[dress](text, random.Random(seed))
    plain = quotes.extract(text)
    extraction = quotes.extract(dressed)
    check(dressed, extraction)
    if [zone.kind for zone in extraction.article.zones] == [zone.kind for zone in plain.article.zones]:
        assert _said(extraction) == _said(plain)


def _said(extraction: Extraction) -> list[tuple[object, ...]]:
    return [
        (
            _plain(quote.text),
            quote.speaker and _plain(quote.speaker.name),
            quote.role and _plain(quote.role.text),
            quote.mention and _plain(quote.mention.text),
            quote.rule,
            quote.kind.value,
        )
        for quote in extraction.quotes
    ]


def _plain(text: str) -> str:
    for mark, angle in (("<<", "«"), (">>", "»")):
        text = text.replace(mark, angle)
    return " ".join(view_of(text).text.replace("’", "'").split())
