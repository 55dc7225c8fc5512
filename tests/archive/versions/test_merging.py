"""Nothing known is lost: what one form of an article knows, the article knows."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from quotes.archive import Archive, ArticleChange, What
from quotes.archive.versions.merging import merged

from .test_adding import FOOTER, MORE, PARAGRAPHS, add, article

PAGE: dict[str, Any] = {
    "title": "Le pont ferme",
    "outlet": "Le Phare",
    "published": "2024-05-17",
    "url": "https://www.phare.example/pont",
    "source": "pont.html",
}
NOTHING: dict[str, Any] = {"title": None, "outlet": None, "published": None, "url": None}


def row(**known: Any) -> dict[str, Any]:
    fields = ("title", "authors", "translators", "outlet", "published", "section", "url", "source")
    return {name: known.get(name) for name in fields} | {"origins": known.get("origins")}


@pytest.mark.parametrize("order", permutations(range(2)))
def test_a_text_never_takes_the_place_of_what_its_page_knows(archive: Archive, order: Any) -> None:
    forms = (article(**PAGE), article(**NOTHING, footer=FOOTER, source="pont.txt"))
    for number in order:
        add(archive, forms[number])
    now = archive.article(1).article
    assert (now.outlet, now.published, now.url) == ("Le Phare", "2024-05-17", PAGE["url"])
    assert {one.outlet for one in archive.quotes()} == {"Le Phare"}
    assert {one.published for one in archive.quotes()} == {"2024-05-17"}
    origins = archive.versions(1).origins
    assert not origins or set(origins.values()) == {"pont.html"}


def test_a_newer_version_keeps_what_it_does_not_say(archive: Archive) -> None:
    add(archive, article(**PAGE))
    newer = article(MORE, *PARAGRAPHS, title="Le pont ferme", outlet=None, url=None, published="2024-05-19")
    assert add(archive, newer).what is What.REVISION
    now = archive.article(1).article
    assert (now.outlet, now.published) == ("Le Phare", "2024-05-19")
    assert archive.versions(1).origins["outlet"] == "pont.html"


def test_an_earlier_version_adds_what_it_knows(archive: Archive) -> None:
    add(archive, article(MORE, *PARAGRAPHS, title="Le pont ferme", outlet=None, published="2024-05-19"))
    earlier = article(**PAGE | {"title": "Le pont ferme"})
    assert add(archive, earlier).what is What.EARLIER
    now = archive.article(1).article
    assert (now.outlet, now.published) == ("Le Phare", "2024-05-19")


def test_an_edit_stays_over_what_is_learnt_and_goes_without_it(archive: Archive) -> None:
    add(archive, article(**NOTHING, source="pont.txt"))
    archive.edit(1, ArticleChange(outlet="Le Phare du soir", section="Ville"), who="ida")
    add(archive, article(**PAGE, footer=FOOTER))
    now = archive.article(1).article
    assert (now.outlet, now.section, now.published) == ("Le Phare du soir", "Ville", "2024-05-17")
    archive.undo()
    now = archive.article(1).article
    assert (now.outlet, now.section, now.published) == ("Le Phare", None, "2024-05-17")
    assert archive.versions(1).origins or archive.article(1).article.source == "pont.html"


@pytest.mark.parametrize(
    "other",
    [
        row(outlet="Le Courrier", url="https://courrier.example/7", published="2024-01-01"),
        row(url="https://elsewhere.example/7", section="Ville"),
    ],
)
def test_another_publication_tells_nothing(other: dict[str, Any]) -> None:
    shown = row(outlet="Le Phare", url="https://phare.example/1")
    known, origins = merged(shown, other, same_body=True)
    assert (known["published"], known["section"], origins) == (None, None, {})


def test_the_better_source_wins_and_is_kept() -> None:
    pasted = row(title="pont", published="2024-05", source="pont.txt")
    page = row(**PAGE)
    known, origins = merged(pasted, page, same_body=True)
    assert known["title"] == "Le pont ferme"
    assert known["published"] == "2024-05-17"
    assert origins == dict.fromkeys(("title", "outlet", "published", "url"), "pont.html")
    assert merged(page, pasted, same_body=True) == ({**{k: page[k] for k in known}}, {})
    # An amp page is another door to the same house; what is known keeps its first origin.
    amp = row(url="https://amp.phare.example/pont", **known_from("section", "Ville", "liste.csv"))
    assert merged(page, amp, same_body=False)[1] == {"section": "liste.csv"}


def known_from(name: str, value: str, source: str) -> dict[str, Any]:
    return {name: value, "origins": {name: source}}
