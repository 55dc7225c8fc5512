"""Exports of Europresse and Factiva: many articles in one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.model import Article, ZoneKind
from quotes.reading import Piece, Read, Unread, read_all, take_apart
from quotes.reading.forms import Form

pytest.importorskip("lxml")

EUROPRESSE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sélection</title></head><body>
<article>
 <header>
  <div class="rdp__DocPublicationName"><span class="DocPublicationName"> La Gazette de Brume,  no. 4512
     </span></div>
  <span class="DocHeader">Économie, mardi 3 mai 2022 650 mots, p. 4</span>
  <div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">
     Le <mark>marché</mark> couvert rouvrira</p>
   <p class="sm-margin-TopNews rdp__subtitle">« Il était temps », disent les commerçants</p></div>
  <p class="sm-margin-bottomNews">Jeanne ROY ; Luc FAURE</p>
 </header>
 <section><div class="DocText clearfix"><div class="docOcurrContainer">
  <p>« Nous avons tenu&nbsp;parole », a
     déclaré Zoé Lebœuf, maire de <mark>Saint-Aubin</mark>.</p><p></p>
  <p>Le chantier a duré deux ans.</p></div></div></section>
 <footer><small>© 2022 La Gazette de Brume. Tous droits réservés.</small>
  <div class="publiC-lblNodoc">news·20220503·GB·0001</div></footer>
</article>
<article>
 <header><span class="DocPublicationName">L'Écho (site web)</span>
  <span class="DocHeader">samedi 1 juin 2024 - 16:55:20 -0000 210 mots</span>
  <div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Deux</p></div></header>
 <section><div class="DocText clearfix">
  <div class="docOcurrContainer">La grève continue.</div></div></section>
</article>
<article><header><span class="DocPublicationName">Le Lien</span></header>
 <p class="link-not-hosted"><a href="https://lien.example">Ouvrir</a></p></article>
</body></html>"""

FACTIVA_HEAD = '<html><head><meta charset="utf-8"><title>Factiva</title></head><body>'
CODED = """<div class="article frArticle"><table>
<tr><td class="index"><b>SE</b>&nbsp;</td><td>Région</td></tr>
<tr><td class="index"><b>HD</b>&nbsp;</td><td><b class='frHeadline'>Le pont fermé</b></td></tr>
<tr><td class="index"><b>BY</b>&nbsp;</td><td>Par Jeanne Roy, traduit de l'anglais par Léa Oya</td></tr>
<tr><td class="index"><b>WC</b>&nbsp;</td><td>295 mots</td></tr>
<tr><td class="index"><b>PD</b>&nbsp;</td><td>29 décembre 2011</td></tr>
<tr><td class="index"><b>SN</b>&nbsp;</td><td>La Gazette</td></tr>
<tr><td class="index"><b>LP</b>&nbsp;</td><td>
 <p class="articleParagraph frarticleParagraph">Le pont est fermé.</p></td></tr>
<tr><td class="index"><b>TD</b>&nbsp;</td><td>
 <p class="articleParagraph frarticleParagraph">« Il rouvrira », a dit Paul Morel.</p></td></tr>
<tr><td class="index"><b>AN</b>&nbsp;</td><td>Document GAZ0000001</td></tr></table></div><br/>"""
LINES = """<div id="article-GAZ2" class="article"><div class="article frArticle"><p>
<div>Sports</div>
<div id="hd"><span class='frHeadline'> La coupe reste à Brume.</span></div>
<div class="author">Paul Morel et Léa Oya</div>
<div>1 664 mots</div><div>18 avril 2021</div><div>16:55</div><div>L'Écho de Brume</div><div>ECHO</div>
<div>2</div><div>Français</div><div>(c) 2021 L'Écho. Tous droits réservés.</div></p>
<p class="articleParagraph frarticleParagraph">« Quelle finale ! », s'est réjoui Karim Diallo.</p>
<p class="articleParagraph frarticleParagraph">Le stade était plein.</p>
<p>Document ECHO0000002</p></div></div>"""


def read(tmp_path: Path, page: str, name: str = "export.html") -> tuple[list[Article], list[Unread]]:
    path = tmp_path / name
    path.write_text(page, encoding="utf-8")
    results = list(read_all([str(path)]))
    return (
        [result.article for result in results if isinstance(result, Read)],
        [result for result in results if isinstance(result, Unread)],
    )


def test_each_article_of_an_europresse_export_is_one(tmp_path: Path) -> None:
    # Whatever its name: it is known by what it holds.
    (first, second), (third,) = read(tmp_path, EUROPRESSE, "biblio.htm")
    assert first.text.split("\n") == [
        "Le marché couvert rouvrira",
        "« Il était temps », disent les commerçants",
        "« Nous avons tenu\u00a0parole », a déclaré Zoé Lebœuf, maire de Saint-Aubin.",
        "Le chantier a duré deux ans.",
        "Jeanne ROY ; Luc FAURE",
    ]
    assert [zone.kind for zone in first.zones] == [
        ZoneKind.HEADLINE,
        ZoneKind.STANDFIRST,
        ZoneKind.BODY,
        ZoneKind.BODY,
        ZoneKind.BYLINE,
    ]
    assert (first.title, first.outlet) == ("Le marché couvert rouvrira", "La Gazette de Brume")
    assert (first.authors, first.published) == (("Jeanne ROY", "Luc FAURE"), "2022-05-03")
    assert first.section == "Économie"
    assert (first.source or "").endswith("biblio.htm:1")
    assert (second.text, second.outlet, second.published) == (
        "Deux\nLa grève continue.",
        "L'Écho",
        "2024-06-01",
    )
    assert (second.section, second.authors) == (None, ())
    assert third.source.endswith("biblio.htm:3")
    assert third.reason.startswith("holds no text")


def test_both_layouts_of_a_factiva_export_are_read(tmp_path: Path) -> None:
    (coded, lines), failed = read(tmp_path, f"{FACTIVA_HEAD}{CODED}{LINES}</body></html>")
    assert failed == []
    assert coded.text.split("\n")[:3] == [
        "Le pont fermé",
        "Le pont est fermé.",
        "« Il rouvrira », a dit Paul Morel.",
    ]
    assert (coded.title, coded.outlet, coded.section) == ("Le pont fermé", "La Gazette", "Région")
    assert (coded.authors, coded.translators) == (("Jeanne Roy",), ("Léa Oya",))
    assert coded.published == "2011-12-29"
    assert lines.text.split("\n") == [
        "La coupe reste à Brume.",
        "« Quelle finale ! », s'est réjoui Karim Diallo.",
        "Le stade était plein.",
        "Paul Morel et Léa Oya",
    ]
    assert (lines.title, lines.outlet, lines.published) == (
        "La coupe reste à Brume.",
        "L'Écho de Brume",
        "2021-04-18",
    )
    assert (lines.authors, lines.section) == (("Paul Morel", "Léa Oya"), "Sports")


def test_a_page_that_only_looks_like_an_export(tmp_path: Path) -> None:
    page = '<html><p class="DocPublicationName">Rien</p></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (piece,) = take_apart([str(tmp_path / "a.html")])
    assert isinstance(piece, Piece)
    assert piece.form is Form.PAGE


@pytest.mark.parametrize(
    ("header", "section", "date"),
    [
        ("Politique, Monday, September 20, 2021, p. 4", "Politique", "2021-09-20"),
        ("Monday, September 20, 2021", None, "2021-09-20"),
        ("Tuesday, March 5, 2024 - 08:12 UTC 210 words", None, "2024-03-05"),
        ("Vie locale, mardi 3 mai 2022 650 mots, p. 4", "Vie locale", "2022-05-03"),
        ("Lundi 20 sept. 2021, p. 4", None, "2021-09-20"),
    ],
)
def test_headers_of_either_interface(tmp_path: Path, header: str, section: str | None, date: str) -> None:
    page = EUROPRESSE.replace("Économie, mardi 3 mai 2022 650 mots, p. 4", header)
    (first, _), _ = read(tmp_path, page.replace("Jeanne ROY ; Luc FAURE", "By Claude Roy"))
    assert (first.section, first.published, first.authors) == (section, date, ("Claude Roy",))


def test_a_factiva_export_of_an_english_interface(tmp_path: Path) -> None:
    lines = LINES.replace("18 avril 2021", "18 April 2021").replace("1 664 mots", "1,664 words")
    (article,), _ = read(tmp_path, f"{FACTIVA_HEAD}{lines}</body></html>")
    assert (article.published, article.outlet, article.section) == ("2021-04-18", "L'Écho de Brume", "Sports")


def test_old_encodings_and_what_was_escaped_twice(tmp_path: Path) -> None:
    body = "&lt;p&gt;La grève continue.&lt;/p&gt;&lt;p&gt;«&amp;nbsp;L’été&amp;nbsp;», dit-elle.&lt;/p&gt;"
    page = EUROPRESSE.replace("utf-8", "iso-8859-1").replace("La grève continue.", body)
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    _, second, _ = read_all([str(tmp_path / "a.html")])
    assert isinstance(second, Read)
    assert second.article.text == "Deux\nLa grève continue.\n«\u00a0L’été\u00a0», dit-elle."
