"""Web pages: what their mark-up says of each part, and of the article."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import quotes
from quotes.errors import ReadingError
from quotes.model import Article, ZoneKind

pytest.importorskip("trafilatura")

from quotes.extraction.extract import extract_article
from quotes.reading.pages import read_page

PARAGRAPH = (
    "Le conseil municipal de Saint-Aubin a débattu pendant trois heures de la réouverture du marché couvert, "
    "fermé depuis l’incendie de novembre. Plusieurs commerçants avaient fait le déplacement"
)
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Marché | La Gazette</title>
<meta property="og:title" content="Le marché couvert rouvrira">
<meta property="article:section" content="Vie &amp; ville">
<meta name="author" content="Jeanne Roy"></head>
<body><nav><a href="/">Accueil</a></nav>
<article><h1>Le marché couvert rouvrira</h1>
<p class="article__chapo">« Il était temps », disent les commerçants, qui attendaient depuis deux ans et demi
 que la mairie se décide à commencer les travaux.</p>
<p class="author-name">Par Jeanne Roy</p>
<figure><img src="a.jpg"><figcaption>Zoé Lebœuf devant le marché « Neuf »</figcaption></figure>
<p>{PARAGRAPH} un.</p><p>{PARAGRAPH} deux.</p>
<h2>Un chantier de deux ans</h2>
<aside class="pull-quote">« Nous avons tenu parole »</aside>
<p>« Nous avons tenu parole devant vous », a déclaré Zoé Lebœuf, maire de Saint-Aubin.</p>
<div class="newsletter-box"><p>« L’actu chaque matin » : la lettre de la rédaction vous raconte la ville comme
 elle va, du lundi au vendredi, sans rien oublier.</p></div>
<p>{PARAGRAPH} trois.</p><p>{PARAGRAPH} quatre.</p>
<div id="comments"><p>« Quelle honte », dit Marcel, qui n’a rien compris à ce que la mairie a décidé pour
 la ville et ses habitants depuis deux ans.</p></div>
</article><footer>Mentions légales</footer></body></html>"""


def kinds(article: Article) -> dict[str, ZoneKind]:
    return {article.text[zone.start : zone.end][:30]: zone.kind for zone in article.zones}


def test_parts_of_a_page_are_told_by_their_names() -> None:
    article = read_page(PAGE.encode())
    found = kinds(article)
    assert found["Le marché couvert rouvrira"] is ZoneKind.HEADLINE
    assert found["« Il était temps », disent les"] is ZoneKind.STANDFIRST
    assert found["Zoé Lebœuf devant le marché « "] is ZoneKind.CAPTION
    assert found["Un chantier de deux ans"] is ZoneKind.HEADING
    assert found["« Nous avons tenu parole »"] is ZoneKind.PULL_QUOTE
    assert found["« Nous avons tenu parole devan"] is ZoneKind.BODY
    lines = article.text.split("\n")
    assert lines.index("Zoé Lebœuf devant le marché « Neuf »") < lines.index(f"{PARAGRAPH} un.")
    assert lines.index("« Nous avons tenu parole »") == lines.index("Un chantier de deux ans") + 1
    assert (article.section, article.authors) == ("Vie & ville", ("Jeanne Roy",))


def test_what_readers_and_the_house_say_is_no_quote_of_the_article() -> None:
    found = quotes.extract(read_page(PAGE.encode()))
    said = [quote.text for quote in found.quotes]
    assert "Nous avons tenu parole devant vous" in said
    assert "Il était temps" in said
    assert not [text for text in said if "actu chaque matin" in text or "honte" in text]


def test_a_line_that_stands_in_two_parts_is_told_by_its_shape() -> None:
    page = PAGE.replace("</article>", f'<p class="chapo">{PARAGRAPH} un.</p></article>')
    assert kinds(read_page(page.encode()))[f"{PARAGRAPH} un."[:30]] is ZoneKind.BODY


@pytest.mark.parametrize("name", ["post comments-open", "content newsletter-free"])
def test_a_name_around_the_whole_article_says_nothing(name: str) -> None:
    body = PAGE.replace("<article><h1>Le marché couvert rouvrira</h1>", f'<article><div class="{name}">')
    found = kinds(read_page(body.encode()))
    assert found["« Nous avons tenu parole devan"] is ZoneKind.BODY
    assert found[f"{PARAGRAPH}"[:30]] is ZoneKind.BODY


def test_the_nearest_name_counts_unless_readers_speak() -> None:
    page = PAGE.replace("<figure>", '<figure class="lead-art">')
    assert kinds(read_page(page.encode()))["Zoé Lebœuf devant le marché « "] is ZoneKind.CAPTION


def test_a_caption_that_is_printed_twice_is_kept_once() -> None:
    caption = "Zoé Lebœuf devant le marché « Neuf »"
    twice = f'<div class="modal"><p class="caption-text">{caption}</p><p class="credit">Luc Faure</p></div>'
    page = PAGE.replace(caption, f"{caption} Luc Faure").replace("<h2>", f"{twice}<h2>")
    text = read_page(page.encode()).text
    assert text.count(caption) == 1


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<meta property="article:section" content="/sports/">', "sports"),
        ('<script type="application/ld+json">{"articleSection": ["Monde", "Europe"]}</script>', "Monde"),
        ('<script type="application/ld+json">{"articleSection": "A <b>"}</script>', None),
        (f'<meta property="article:section" content="{"Phrase " * 20}">', None),
        ("", None),
    ],
)
def test_the_section_as_a_page_states_it(head: str, section: str | None) -> None:
    page = re.sub(r'<meta property="article:section"[^>]*>', head.replace("\\", "\\\\"), PAGE)
    assert read_page(page.encode()).section == section


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 1_000 + "Fin.", "is nested deeper than any article"),
        ("<p>x" * 200_000, "has more tags than any article"),
        ("", "no article was found"),
    ],
)
def test_pages_that_are_refused(body: str, reason: str) -> None:
    page = f"<html><body><article><h1>Titre</h1>{body}</article></body></html>"
    with pytest.raises(ReadingError, match=reason):
        read_page(page.encode())


def lines_of(part: str) -> list[str]:
    page = PAGE.replace("<h2>", f"{part}<h2>")
    return read_page(page.encode()).text.split("\n")


def test_what_a_page_prints_for_its_tags() -> None:
    lines = lines_of(
        "<p>Le maire a dit : <q>Nous <em>tiendrons</em> parole</q>, devant le conseil de la ville.</p>"
    )
    spaced = [line.replace("\u00a0", " ") for line in lines]
    assert "Le maire a dit : « Nous tiendrons parole », devant le conseil de la ville." in spaced


@pytest.mark.parametrize(
    ("quotation", "printed"),
    [
        (
            "<p>La maire a répondu :</p><blockquote>Nous tiendrons parole, et le marché rouvrira.</blockquote>",  # noqa: E501
            ["La maire a répondu :", "« Nous tiendrons parole, et le marché rouvrira. »"],
        ),
        (
            "<p>La maire a répondu :</p><blockquote><p>Nous tiendrons parole.</p><p>Le marché rouvrira.</p></blockquote>",  # noqa: E501
            ["« Nous tiendrons parole.", "Le marché rouvrira. »"],
        ),
        (
            "<blockquote><p>Nous tiendrons parole, et le marché rouvrira.</p><cite>Zoé Lebœuf, maire</cite></blockquote>",  # noqa: E501
            ["« Nous tiendrons parole, et le marché rouvrira. »", "Zoé Lebœuf, maire"],
        ),
        (
            "<blockquote class='twitter-tweet'><p lang='fr'>Le marché rouvrira bientôt. <a href='https://t.co/a'>"
            "pic.twitter.com/a1</a></p>&mdash; Zoé Lebœuf (@zoe) <a href='https://x.example'>3 mai 2023</a></blockquote>",  # noqa: E501
            ["« Le marché rouvrira bientôt. »", "— Zoé Lebœuf (@zoe) 3 mai 2023"],
        ),
        (
            "<blockquote>Article premier : le marché est ouvert le samedi.</blockquote>",
            ["Article premier : le marché est ouvert le samedi."],
        ),
    ],
    ids=["colon", "paragraphs", "cite", "post", "a document"],
)
def test_marks_of_block_quotations(quotation: str, printed: list[str]) -> None:
    lines = lines_of(quotation)
    at = lines.index(printed[0])
    assert lines[at : at + len(printed)] == printed


def test_a_page_that_was_escaped_twice() -> None:
    said = (
        "«&amp;nbsp;Nous tiendrons l&amp;rsquo;été&amp;nbsp;», a dit la maire devant le conseil de la ville."
    )
    lines = lines_of(f"<div>&lt;p&gt;{PARAGRAPH} cinq.&lt;/p&gt;&lt;p&gt;{said}&lt;/p&gt;</div>")
    assert f"{PARAGRAPH} cinq." in lines
    assert "« Nous tiendrons l’été », a dit la maire devant le conseil de la ville." in [
        line.replace("\u00a0", " ") for line in lines
    ]


def test_authors_and_the_date_of_the_address() -> None:
    page = PAGE.replace("Jeanne Roy", "Par Claude Roy et Guy de Brême")
    article = read_page(page.encode(), address="https://gazette.example/2023/05/03/marche.html")
    assert article.authors == ("Claude Roy", "Guy de Brême")
    assert article.published == "2023-05-03"


SAVED = Path(__file__).parents[3] / "shared" / "eval" / "pages"


@pytest.mark.skipif(not SAVED.is_dir(), reason="the saved pages are no part of the project")
def test_what_is_known_of_saved_pages_is_found() -> None:
    known = [json.loads(line) for line in (SAVED / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    for one in known:
        article = read_page((SAVED / one["file"]).read_bytes())
        authors = tuple(re.split(r"\s*;\s*|\s+avec\s+", one["author"])) if one["author"] else ()
        stated = (
            (article.title or "").replace("\u00a0", " "),
            article.authors,
            article.outlet,
            (article.published or "")[:10],
            article.url,
        )
        assert stated == (
            one["title"].replace("\u00a0", " "),
            authors,
            one["outlet"],
            one["date"],
            one["url"],
        ), one["file"]


INTERVIEW = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Le four</title></head>
<body><article><h1>Le four communal sera rallumé</h1>
<p>À Soubrebost, la boulangère Aurore Delmas relance le four éteint depuis 1971.
 Elle raconte un an de chantier.</p>
{}
<p><em>Propos recueillis par Rémi Sabourin</em></p></article></body></html>"""
EXCHANGES = [
    (
        "Pourquoi rallumer ce four ?",
        "Parce qu’il est beau. Mon père y a appris le métier, et je voulais y cuire.",
    ),
    ("Qui vous a aidée ?", "Les voisins. Nous avons monté les briques à la main, deux mois durant."),
    ("On vous disait pourtant seule.", "Je l’ai été au début. Cela n’a pas duré, le village est curieux."),
    ("Et le prix du pain ?", "Le même qu’ailleurs, je vous le promets."),
]


@pytest.mark.parametrize(
    "shape",
    [
        "<p><strong>{}</strong></p><p>{}</p>",
        "<p><b><span>{}</span></b></p><p>{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<p>{}</p><p>{}</p>",
    ],
)
def test_an_interviewer_speaks_in_bold_or_in_headings(shape: str) -> None:
    page = INTERVIEW.format("".join(shape.format(*exchange) for exchange in EXCHANGES))
    article = read_page(page.encode())
    said = [
        (quote.text, quote.speaker.name if quote.speaker else None)
        for quote in extract_article(article).quotes
        if quote.rule == "interview"
    ]
    assert said == [(answer, "Aurore Delmas") for _, answer in EXCHANGES]


def test_bold_openings_of_a_report_are_no_questions() -> None:
    shape = "<p><strong>{}</strong></p><p>{}</p>"
    parts = [("Un four de 1820", PARAGRAPH), ("Qui paiera ?", PARAGRAPH), ("Deux ans de travaux", PARAGRAPH)]
    article = read_page(INTERVIEW.format("".join(shape.format(*part) for part in parts)).encode())
    assert ZoneKind.QUESTION not in kinds(article).values()
