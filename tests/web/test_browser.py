"""The reading room in a real browser: search, narrow, open, correct, undo, review, verify, paste, export.

Playwright drives the ``chromium`` of the system; where there is none, all of this is skipped and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.cli.conftest import BUDGET


@pytest.fixture(params=[(1280, 900, "light"), (360, 740, "dark")], ids=["desktop", "phone"])
def page(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that must not complain on its console, and asks no other host."""
    width, height, scheme = request.param
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR"
    )
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    wrong: list[str] = []
    opened.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(address) else None)
    yield opened
    context.close()
    assert wrong == []


def test_a_click_shows_what_decided(page: Any) -> None:
    page.goto("/articles/2")
    page.locator(".text a.said").first.click()
    page.locator(".note.picked .clues").first.wait_for()
    assert page.locator(".note.picked a[data-clues]").count() == 0
    # It has been fetched once; the page is still the same.
    assert page.url.split("#")[0].endswith("/articles/2")


def test_search_narrow_open_correct_undo(page: Any) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("déclaration")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 citations").wait_for()
    page.locator(".facets").get_by_role("link", name="La Gazette").click()
    page.get_by_role("heading", name="1 citation").wait_for()
    page.locator(".result .source a").click()
    page.locator("#q4 + a.said, a.said.picked").first.wait_for()
    page.locator("#note-4").get_by_role("link", name="Corriger").click()
    page.get_by_label("Locuteur (vide : inconnu)").fill("Zoé Marin")
    page.get_by_role("button", name="Corriger").click()
    page.get_by_role("status").wait_for()
    assert page.locator("#note-4 h3").inner_text() == "Zoé Marin"
    page.get_by_role("button", name="Annuler cette correction").click()
    page.wait_for_url("**/articles/3")
    assert page.locator("#note-4 h3").inner_text() == "Jeanne Roy"


def test_a_click_shows_why(page: Any) -> None:
    page.goto("/articles/1")
    page.locator("a.said").first.click()
    assert page.locator("#note-1 details").get_attribute("open") is not None
    assert page.locator(".cue-on").inner_text() == "a dit"
    assert page.locator(".mention-on").inner_text() == "Jeanne Roy"


def test_review_by_the_keyboard(page: Any) -> None:
    page.goto("/review")
    left = page.locator(".left strong")
    assert left.inner_text() == "6"
    first = page.locator("input[name=quote]").get_attribute("value")
    page.keyboard.press("1")
    page.get_by_role("status").wait_for()
    assert left.inner_text() == "5"
    page.keyboard.press("z")
    page.locator(".left strong", has_text="6").wait_for()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/review?after=*")
    assert page.locator("input[name=quote]").get_attribute("value") != first
    page.keyboard.press("2")
    page.keyboard.type("vass")
    page.locator("#names-list option[value*=Vasseur]").first.wait_for(state="attached")
    page.locator("#speaker").fill("Paul Vasseur-Lemoine")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    assert left.inner_text() == "5"
    page.keyboard.press("3")
    page.locator(".left strong", has_text="4").wait_for()


def test_verify_paste_and_take_away(page: Any) -> None:
    page.goto("/verify")
    page.get_by_label("Les mots qu’on lui prête").fill("La déclaration du marché arrivera")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("heading", name="Pas dans ces mots-là").wait_for()
    page.goto("/try")
    page.get_by_label("Collez un article").fill(BUDGET)
    page.get_by_role("button", name="Voir les citations").click()
    page.locator(".note h3", has_text="Zoé Lebœuf").first.wait_for()
    page.get_by_role("button", name="Ajouter à l’archive").click()
    page.wait_for_url("**/articles/4")
    page.goto("/search")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert taken.value.suggested_filename == "citations.csv"


def test_pages_fit_and_can_be_told_apart_by_ear(page: Any) -> None:
    for path in (
        "/",
        "/search",
        "/articles/1",
        "/speakers",
        "/speakers/1",
        "/verify?wording=la+déclaration+du+marché",
        "/figures",
        "/figures?by=outlet&over=gender",
        "/try",
        "/review",
        "/history",
        "/articles/1/quotes/1",
    ):
        page.goto(path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, path
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("navigation").count() >= 1
        assert page.get_by_role("heading", level=1).count() == 1
        nameless = page.evaluate(
            """[...document.querySelectorAll(
                'a, button, input:not([type=hidden]), select, textarea:not([hidden])')]
            .filter(e => !(e.textContent.trim() || e.labels?.length || e.ariaLabel)).map(e => e.outerHTML)"""
        )
        assert nameless == [], path
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
