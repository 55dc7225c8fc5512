"""axe-core finds nothing serious on any page, light and dark, wide and narrow.

It comes from npm, for this test alone; where it can't be had, the test is skipped and says so.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

AXE = "axe-core@4.14.1"
PAGES = (
    "/",
    "/search?q=déclaration",
    "/search",
    "/search?q=introuvable",
    "/articles/1",
    "/articles/2?quote=3",
    "/articles/2/quotes/3",
    "/articles/2/quotes/3/clues",
    "/speakers",
    "/speakers/1",
    "/speakers/doubles",
    "/verify",
    "/verify?wording=une+belle+déclaration&speaker=Jeanne+Roy",
    "/figures",
    "/figures?by=gender&over=year",
    "/try",
    "/review",
    "/history",
    "/nowhere",
)


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed: no axe-core to look at pages with")
    folder = tmp_path_factory.mktemp("axe")
    try:
        subprocess.run(
            [npm, "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, timeout=90
        )
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"{AXE} can't be fetched from npm ({type(error).__name__})")
    with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
        script = packed.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


@pytest.fixture(params=[(1600, "light"), (1600, "dark"), (360, "light"), (360, "dark")])
def seen(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    width, scheme = request.param
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
    )
    yield context.new_page()
    context.close()


def test_nothing_serious_stands_in_anybodys_way(seen: Any, axe: str) -> None:
    found: list[str] = []
    for address in PAGES:
        seen.goto(address)
        # All that is folded is looked at, too.
        seen.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        seen.evaluate(axe)
        for violation in seen.evaluate("axe.run()")["violations"]:
            if violation["impact"] in ("serious", "critical"):
                where = "; ".join(node["html"][:160] for node in violation["nodes"][:4])
                found.append(f"{address}: {violation['id']}: {where}")
    assert not found, "\n".join(found)
