"""Mark-up in texts, cells and feeds: what it says, read once or twice, and what a page prints for it."""

from __future__ import annotations

import pytest

from quotes.reading.markup import fragment_lines, plain_line, plain_text, with_marks


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Un.</p><p>« Deux&nbsp;», dit-il.</p>", "Un.\n« Deux\u00a0», dit-il."),
        ("&lt;p&gt;Un.&lt;/p&gt;&lt;p&gt;«&amp;nbsp;Deux&amp;nbsp;»&lt;/p&gt;", "Un.\n«\u00a0Deux\u00a0»"),
        ("Un paragraphe.\n\nLe <em>marché</em> de l&rsquo;été.", "Un paragraphe.\n\nLe marché de l’été."),
        ("Une ligne.<br />Une autre.<br>", "Une ligne.\nUne autre.\n"),
        ("&laquo; Oui &raquo;, dit-elle.", "« Oui », dit-elle."),
        ("Morel &amp; fils et R&amp;D", "Morel & fils et R&D"),
        ("Un.\n\n<h2>Deux</h2>\n\nTrois <strong>mots</strong>.", "Un.\nDeux\nTrois mots."),
        ("Il a dit <q>oui</q> puis <q>« non »</q>.", "Il a dit «\u00a0oui\u00a0» puis «\u00a0non\u00a0»."),
        ("5 < 6 et 7 > 3, dit-il à Morel & fils.", "5 < 6 et 7 > 3, dit-il à Morel & fils."),
        ("La balise <p> ouvre un paragraphe.", "La balise <p> ouvre un paragraphe."),
        ("L’entité « &nbsp; » est une espace.", "L’entité « &nbsp; » est une espace."),
    ],
)
def test_mark_up_in_a_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_a_fragment_that_was_escaped_twice() -> None:
    assert fragment_lines("&lt;p&gt;Un.&lt;/p&gt;&lt;p&gt;Deux.&lt;/p&gt;") == ["Un.", "Deux."]


def test_a_title_is_a_line_of_words() -> None:
    assert (
        plain_line("Le <i>marché</i> :\n &laquo;&nbsp;Oui&nbsp;&raquo; &amp;#233;")
        == "Le marché : «\u00a0Oui\u00a0» é"
    )


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("leur choix<sup>1</sup>.", "leur choix."),
        ('leur choix<sup class="ref"><a href="#n1">[1]</a></sup>', "leur choix"),
        ("« oui »<sup>2</sup>, dit-il", "« oui », dit-il"),
        ("20 m<sup>2</sup>, 5 km<sup>2</sup>, 10<sup>3</sup>", "20 m2, 5 km2, 103"),
        ("le 1<sup>er</sup> mai, M<sup>me</sup> Roy", "le 1er mai, Mme Roy"),
    ],
)
def test_calls_of_footnotes_are_no_text(page: str, text: str) -> None:
    assert fragment_lines(page) == [text]


@pytest.mark.parametrize(
    ("lines", "before", "marked"),
    [
        (["Oui."], "Il a répondu :", ["« Oui. »"]),
        (["Oui.", "Et non."], "Il a répondu :", ["« Oui.", "Et non. »"]),
        (["Oui.", "— Jeanne Roy, maire"], "", ["« Oui. »", "— Jeanne Roy, maire"]),
        (["Oui. https://t.co/aB1 pic.twitter.com/aB1", "— Roy (@roy)"], "", ["« Oui. »", "— Roy (@roy)"]),
        (["« Oui. »"], "Il a répondu :", ["« Oui. »"]),
        (["Article premier. La loi."], "Le texte est clair.", ["Article premier. La loi."]),
        ([], "Il a répondu :", []),
    ],
)
def test_marks_of_block_quotations(lines: list[str], before: str, marked: list[str]) -> None:
    assert with_marks(lines, before) == marked


def test_block_quotations_in_feeds_have_them_too() -> None:
    feed = "<p>La maire a répondu :</p><blockquote><p>Nous tiendrons.</p></blockquote><p>Fin.</p>"
    assert fragment_lines(feed) == ["La maire a répondu :", "« Nous tiendrons. »", "Fin."]
