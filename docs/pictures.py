"""Make the README's pictures: the reading room over the articles of ``examples/``, as a browser shows it.

``python docs/pictures.py`` from the checkout; needs ``.[dev]`` and a ``chromium``.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from quotes.cli import main
from quotes.web.application import reading_room
from quotes.web.room import open_room

HERE = Path(__file__).parent
SIZE = {"width": 1240, "height": 860}


def pictures(place: str) -> None:
    """Serve an archive for as long as its pages are drawn."""
    with socket.socket() as listening, open_room(place) as room:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(reading_room(room), log_level="error"))
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        while not server.started:
            time.sleep(0.02)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=SIZE, locale="fr-FR", color_scheme="light")  # type: ignore[arg-type]
            page.goto(f"{address}/search?q=nuit")
            page.screenshot(path=str(HERE / "search.png"))
            page.goto(f"{address}/articles/5")
            # Shows in the margin why the quote is whose it is.
            page.locator("a.said.direct").nth(1).click()
            page.evaluate("scrollTo({top: 560, behavior: 'instant'})")
            page.wait_for_timeout(300)
            page.screenshot(path=str(HERE / "article.png"))
            browser.close()
        server.should_exit = True
        serving.join()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "exemples.db")
        main(["add", "--quiet", "--db", archive, str(HERE.parent / "examples")])
        pictures(archive)
