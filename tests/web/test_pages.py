"""Every page in every state: what it says, in both languages, and that it has an address."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from quotes.archive import open_archive
from quotes.model import Speaker, SpeakerType
from quotes.web import charts
from quotes.web.language import Language
from tests.archive import samples
from tests.postgresql import Server
from tests.web.conftest import Visitor, visitor

PAGES = [
    "/",
    "/search",
    "/search?q=d%C3%A9claration",
    "/search?q=rien-de-tel",
    "/search?speaker=Jeanne+Roy&since=2024&sort=date&exact=1",
    "/articles/1",
    "/articles/1?quote=1",
    "/articles/1/quotes/1",
    "/speakers",
    "/speakers?name=roy&type=person&gender=f&sort=last",
    "/speakers/1",
    "/speakers/1?role=maire&q=publi%C3%A9",
    "/speakers/doubles",
    "/verify",
    "/verify?wording=La+d%C3%A9claration+du+march%C3%A9+ne+viendra+pas",
    "/verify?wording=La+d%C3%A9claration+du+march%C3%A9+viendra&speaker=Paul+Vasseur-Lemoine",
    "/verify?wording=tout+autre+chose&speaker=Personne+Inconnue",
    "/figures",
    "/figures?by=year&over=gender&measure=words",
    "/figures?by=speaker&q=nulle-part",
    "/try",
    "/history",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_are_whole(editor: Visitor, address: str, language: str) -> None:
    page = editor.get(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == page.count("<header class=") - page.count(
        '<header class="article-head"'
    ) - (page.count('<header class="portrait-head"'))
    assert "</html>" in page
    # Every field has a label.
    labels = set(re.findall(r'<label[^>]* for="(\w+)"', page))
    for field in re.findall(r"<(?:input|textarea)(?![^>]*type=\"hidden\")[^>]*>", page):
        own = re.search(r' id="(\w+)"', field)
        inside = re.search(rf"<label[^>]*>(?:(?!</label>).)*{re.escape(field)}", page, re.DOTALL)
        assert " hidden" in field or inside or (own and own[1] in labels), field


def test_home(reader: Visitor) -> None:
    page = reader.get("/")
    assert "6\u202fcitations" in page.replace("6 citations", "6\u202fcitations")
    assert "Jeanne Roy" in page
    assert "Derniers articles" in page
    assert "/figures.svg?by=year" in page


def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    place = tmp_path / "vide.db"
    open_archive(place).close()
    for one in visitor(place):
        page = one.get("/")
        assert "quotes add --db" in page
        for address in ("/search", "/speakers", "/figures", "/verify?wording=un+mot+ou+deux", "/history"):
            one.get(address)


def test_search_narrows_and_takes_back(reader: Visitor) -> None:
    page = reader.get("/search?q=d%C3%A9claration")
    assert "<mark>déclaration</mark>" in page
    assert "2 citations" in page
    narrowed = re.search(r'href="(/search\?[^"]*outlet=[^"]*)"', page)
    assert narrowed
    inner = reader.get(narrowed[1].replace("&amp;", "&"))
    assert "1 citation<" in inner
    taken_back = re.search(r'<ul class="chips".*?</ul>', inner, re.DOTALL)
    assert taken_back
    assert '/search?q=d%C3%A9claration"' in taken_back[0]


def test_search_shows_the_line_around(reader: Visitor) -> None:
    assert "regrette Jeanne Roy" in reader.get("/search?q=publi%C3%A9")


def test_search_pages(editor: Visitor) -> None:
    from tests.archive.samples import JEANNE, extraction

    assert editor.room.desk
    for number in range(45):
        words = f"Nous tiendrons la promesse numéro {number}"
        one = extraction(f"« {words} », dit Jeanne Roy.", (words, JEANNE), title=f"Promesse {number}")
        editor.room.desk.add(one, extractor_version="test")
    seen: set[str] = set()
    address = "/search?q=promesse"
    for _ in range(3):
        page = editor.get(address)
        assert "45 citations" in page
        here = set(re.findall(r"quote=(\d+)#", page))
        assert here
        assert not here & seen
        seen |= here
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 45
    assert address == ""


def test_did_you_mean(reader: Visitor) -> None:
    assert "Jeanne Roy" in reader.get("/search?speaker=Jeane+Roy")
    assert "Jeanne Roy" in reader.get("/speakers?name=Jeane+Roi")
    assert "Jeanne Roy" in reader.get("/verify?wording=nous+verrons+bien&speaker=Jeane+Roy")


def test_what_can_not_be_understood_is_left_out_and_told(reader: Visitor) -> None:
    page = reader.get("/search?since=jeudi&kind=chanson&gender=x")
    assert "jeudi" in page
    assert "chanson" in page
    assert "6 citations" in page


def test_exports_are_what_is_shown(reader: Visitor) -> None:
    table = list(csv.DictReader(io.StringIO(reader.get("/export?q=d%C3%A9claration&format=csv"))))
    assert [row["quote"] for row in table] == [
        "L’État n’a pas publié ses déclarations",
        "La déclaration du marché viendra",
    ]
    assert len(reader.get("/export?format=jsonl").splitlines()) == 6
    assert reader.client.get("/export?format=excel").content.startswith(b"PK")
    assert len(reader.get("/export?format=jsonl&speaker_id=1").splitlines()) == 3
    reader.get("/export?format=exe", 404)
    reader.get("/export?speaker_id=drop", 400)


def test_article(reader: Visitor) -> None:
    page = reader.get("/articles/1?quote=1")
    # The incise is the journalist's: what is said is interrupted by it.
    assert re.search(r'class="said direct tone-0 picked"[^>]*>Nous attendrons</a>', page)
    assert re.search(r'class="clue cue-on"[^>]*>a dit</span>', page)
    assert re.search(r'class="clue mention-on"[^>]*>Jeanne Roy</span>', page)
    assert 'id="q1"' in page
    assert 'id="note-1"' in page
    assert "sûr" in page
    assert "maire de Saint-Aubin" in page
    assert 'href="https://courrier.example/pont" rel="noopener noreferrer nofollow"' in page
    assert "Ida Lenoir" in page
    assert "Corriger</a>" not in page


def test_an_articles_other_forms(editor: Visitor) -> None:
    from dataclasses import replace

    from tests.archive.samples import JEANNE, extraction

    assert editor.room.desk
    words = "Nous fermerons le pont pour trois semaines au moins"
    rest = " ".join(f"La commune numéro {n} attend ces travaux depuis {n} mois." for n in range(60))
    text = f"Le pont ferme.\n« {words} », dit Jeanne Roy. {rest}"
    first = extraction(text, (words, JEANNE), title="Avant", url="https://val.example/pont")
    longer = extraction(
        text + " Le maire aussi.", (words, JEANNE), title="Après", url="https://val.example/pont"
    )
    number = editor.room.desk.add(first, extractor_version="test").article_id
    editor.room.desk.add(longer, extractor_version="test")
    editor.room.desk.add(
        replace(
            longer,
            article=replace(
                longer.article, outlet="La Copie", source="copie.txt", url="https://copie.example/"
            ),
        ),
        extractor_version="test",
    )
    page = editor.get(f"/articles/{number}")
    assert "Versions antérieures" in page
    assert "La Copie" in page
    assert "Avant" in editor.get(f"/articles/{number}/revisions/1")
    editor.get(f"/articles/{number}/revisions/2", 404)
    editor.get(f"/articles/{number}/revisions/99999999999999999999999", 404)


def test_speaker(reader: Visitor) -> None:
    page = reader.get("/speakers/1")
    assert "députée" in page
    assert "La Gazette" in page
    assert "Dans les mêmes articles" in page
    assert "3 citations" in page
    assert "1" in reader.get("/speakers/1?outlet=La+Gazette")


def test_names_while_they_are_typed(reader: Visitor) -> None:
    assert reader.client.get("/names?q=vass").json()[0]["name"] == "Paul Vasseur-Lemoine"
    assert reader.client.get("/names?q=v").json() == []
    assert reader.client.get("/names?q=%25").json() == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("wording=La+déclaration+du+marché+viendra", "Oui, c’est dans l’archive"),
        ("wording=La+déclaration+du+marché+arrivera", "Pas dans ces mots-là"),
        ("wording=Les+poules+auront+des+dents+demain", "Personne n’a dit cela"),
        (
            "wording=La+déclaration+du+marché+viendra&speaker=Paul+Vasseur-Lemoine",
            "Mais quelqu’un d’autre l’a dit",
        ),
        ("wording=La+déclaration+du+marché+viendra&speaker=Zoé+Nulle", "Personne de ce nom"),
    ],
)
def test_verify(reader: Visitor, asked: str, answer: str) -> None:
    assert answer in reader.get(f"/verify?{asked}")


def test_verify_marks_the_difference(reader: Visitor) -> None:
    page = reader.get("/verify?wording=La+déclaration+du+marché+arrivera")
    assert re.search(r"<ins[^>]*>.*?viendra", page)
    assert re.search(r"<del[^>]*>.*?arrivera", page)


def test_figures(reader: Visitor) -> None:
    page = reader.get("/figures?by=gender")
    assert "intervalle à 95" in page
    table = list(csv.reader(io.StringIO(reader.get("/figures.csv?by=outlet&over=gender"))))
    assert table[0][0] == "outlet"
    assert [row[0] for row in table if row[0] == "La Gazette"] == ["La Gazette"]
    for look in ("", "&width=narrow&paper=dark", "&save=1"):
        for by in ("gender", "year", "month&over=gender", "outlet&over=type", "role"):
            drawing = reader.get(f"/figures.svg?by={by}{look}")
            assert drawing.lstrip().startswith("<?xml")
            assert "<script" not in drawing
            assert "Pygal" not in re.findall(r"<title>(.*?)</title>", drawing)
    assert reader.get("/figures.svg?by=year&q=introuvable")


def test_language_follows_the_browser_the_link_and_the_cookie(reader: Visitor) -> None:
    assert 'lang="en"' in reader.get("/", accept_language="en-GB,en;q=0.9,fr;q=0.5")
    assert 'lang="fr"' in reader.get("/", accept_language="de, en;q=0.3, fr;q=0.4")
    assert "Search" in reader.get("/?lang=en")
    assert "Search" in reader.get("/search")
    assert 'href="/search?q=climat&amp;lang=fr"' in reader.get("/search?q=climat")


def test_an_archive_on_a_server_is_served_alike(server: Server) -> None:
    place = server.empty_archive()
    with open_archive(place) as archive:
        archive.add_all([samples.full(), samples.COUNCIL, samples.MARKET], extractor_version="test")
    for one in visitor(place, edit=True):
        for address in [*PAGES, "/review", "/names?q=vass", "/export?format=csv", "/figures.svg?by=year"]:
            one.get(address)
        one.post("/fix", {"quote": "2", "article": "2", "verdict": "speaker", "speaker": "Zoé Marin"})
        assert "Zoé Marin" in one.get("/articles/2")
        assert one.post("/undo", {}) == "/history"


def test_readers_see_what_is_added_meanwhile_and_wait_for_nobody(reader: Visitor, place: Path) -> None:
    with open_archive(place) as writer, writer.writing():
        # A transaction that writes is open all the time.
        assert "6 citations" in reader.get("/search")
    with open_archive(place) as writer:
        writer.add(
            samples.extraction("« Oui », dit Jeanne Roy.", ("Oui", samples.JEANNE)), extractor_version="t"
        )
    assert "7 citations" in reader.get("/search")


def test_counts_are_kept_a_short_while_but_never_after_a_correction(editor: Visitor) -> None:
    assert "Zoé Marin" not in editor.get("/search")
    assert "Zoé Marin" not in editor.get("/")
    editor.post("/fix", {"quote": "2", "article": "2", "verdict": "speaker", "speaker": "Zoé Marin"})
    assert "speaker=Zo%C3%A9+Marin" in editor.get("/search")
    assert "Zoé Marin" in editor.get("/")


def test_genders_have_the_colours_that_they_have_as_parts(reader: Visitor) -> None:
    shares = [("femme", 0.3, (0.2, 0.4)), ("homme", 0.6, (0.5, 0.7)), ("genre inconnu", 0.1, (0.0, 0.2))]
    counted = {name: {"2024": 3} for name, *_ in shares}
    nobody, look, french = {"genre inconnu"}, charts.Look(), Language("fr")
    alone = charts.intervals("Citations", shares, look, french, grey=nobody).decode()
    crossed = charts.stacked("Citations", counted, ["2024"], look, french, in_time=True, grey=nobody).decode()
    for colour in ("#9c1c2e", "#2f5d86", "#b9b0a2"):
        assert colour in alone
        assert colour in crossed


def test_drawings_have_their_numbers() -> None:
    look, french = charts.Look(), Language("fr")
    listed = charts.bars("Citations", [("Jeanne Roy", 1234), ("Paul Vasseur", 7)], look, french).decode()
    assert f"Jeanne Roy · {french.number(1234)}" in listed
    years = charts.bars("Citations", [("2023", 17), ("2024", 42)], look, french, in_time=True).decode()
    assert re.findall(r'<text [^>]*class="value">([^<]+)<', years) == ["17", "42"]
    many = [(str(year), year) for year in range(1990, 2024)]
    crowded = charts.bars("Citations", many, look, french, in_time=True).decode()
    assert not re.search(r'<text [^>]*class="value"', crowded)
    shares = charts.intervals("Citations", [("femme", 0.3, (0.2, 0.4))], look, french).decode()
    assert f"femme · {french.percent(0.3)}" in shares


def test_what_has_no_date_dwarfs_no_year(editor: Visitor) -> None:
    editor.room.desk.add(  # type: ignore[union-attr]
        samples.extraction(
            "« Oui. » « Non. » « Peut-être. »", *((said, samples.JEANNE) for said in ("Oui", "Non"))
        ),
        extractor_version="test",
    )
    page = editor.get("/figures?by=year")
    assert "Sans date, et pas dans le dessin : 2." in page
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    assert ["inconnu" in row for row in rows] == [False] * (len(rows) - 1) + [True]
    assert ["<rect" in row for row in rows] == [True] * (len(rows) - 1) + [False]
    # The longest bar is that of a year.
    assert 'width="100.00"' in "".join(rows)


def test_a_title_in_which_somebody_speaks_stands_once(editor: Visitor) -> None:
    said = "Nous resterons"
    text = f"« {said} », promet Jeanne Roy\n\nLe marché était plein."
    found = samples.extraction(text, (said, samples.JEANNE), title=text.split("\n")[0])
    number = editor.room.desk.add(found, extractor_version="test").article_id  # type: ignore[union-attr]
    page = editor.get(f"/articles/{number}")
    heading, below = page.split("</h1>")
    assert re.search(
        rf'<h1>« <span class="anchor"[^>]*></span><a class="said direct[^"]*"[^>]*>{said}</a>', heading
    )
    assert said not in below
    assert "Jeanne Roy</a></h3>" in re.sub(r"</?bdi>", "", below)


def test_a_facet_narrows_to_what_it_counted(editor: Visitor) -> None:
    text = "« Oui », dit l’agence. « Non », dit un autre. « Si », dit-il."
    agency, other = (Speaker(name, SpeakerType.ORGANIZATION) for name in ("Nova", "Nova Presse"))
    editor.room.desk.add(  # type: ignore[union-attr]
        samples.extraction(
            text, ("Oui", agency, "maire"), ("Non", other, "ancien maire"), ("Si", other, "Le maire"),
            outlet="La Gazette du Nord", published="2024-05-17",
        ),
        extractor_version="test",
    )  # fmt: skip
    page = editor.get("/search")
    narrowings = re.findall(
        r'<li><a href="(/search\?[^"]*)">.*?<span class="count">(\d+)</span>', page, re.DOTALL
    )
    assert len(narrowings) > 12
    for address, count in narrowings:
        inner = editor.get(address.replace("&amp;", "&"))
        assert f'class="count">{count} citation' in inner, address
        (chip,) = re.findall(r'<ul class="chips".*?</ul>', inner, re.DOTALL)
        # It is one filter, and can be taken back by one click.
        assert re.findall(r'href="([^"]*)"', chip) == ["/search"], address
        assert "&#34;" not in chip
