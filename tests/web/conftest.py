from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.archive import Archive, open_archive
from quotes.web.application import reading_room
from quotes.web.room import Room, open_room
from tests.archive import samples

_SEAL = re.compile(r'name="seal" value="([0-9a-f]{64})"')


@dataclass
class Visitor:
    """Somebody with a browser: pages, and forms sent with the seal that the pages carry."""

    client: TestClient
    room: Room

    def get(self, address: str, status: int = 200, *, accept_language: str = "fr") -> str:
        headers = {"accept-language": accept_language}
        answer = self.client.get(address, headers=headers, follow_redirects=False)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:500])
        return str(answer.text)

    def post(
        self, address: str, fields: Mapping[str, str | list[str]], status: int = 303, **more: Any
    ) -> str:
        """Send a form; give where it leads, or what is answered."""
        seal = _SEAL.search(self.client.get("/try").text)
        assert seal
        answer = self.client.post(address, data={"seal": seal[1], **fields}, follow_redirects=False, **more)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:800])
        return str(answer.headers["location"] if status == 303 else answer.text)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive of three articles."""
    path = tmp_path / "paroles.db"
    with open_archive(path) as archive:
        archive.add_all([samples.full(), samples.COUNCIL, samples.MARKET], extractor_version="test")
    return path


def visitor(place: Path | str, **options: Any) -> Iterator[Visitor]:
    with open_room(str(place), **options) as room:
        client = TestClient(
            reading_room(room),
            base_url="http://localhost",
            raise_server_exceptions=True,
            headers={"accept-language": "fr"},
        )
        yield Visitor(client, room)


@pytest.fixture
def reader(place: Path) -> Iterator[Visitor]:
    """A visitor who may only read."""
    yield from visitor(place)


@pytest.fixture
def editor(place: Path) -> Iterator[Visitor]:
    """A visitor who may correct."""
    yield from visitor(place, edit=True, who="ida")


@pytest.fixture
def archive(place: Path) -> Iterator[Archive]:
    with open_archive(place) as opened:
        yield opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; without it, or without what drives it, tests in a browser are skipped."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: no browser to drive"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed: no browser to drive")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def address(place: Path) -> Iterator[str]:
    """A reading room with editing, answering at this address."""
    import uvicorn

    with socket.socket() as listening, open_room(str(place), edit=True, who="ida") as room:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(reading_room(room), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
