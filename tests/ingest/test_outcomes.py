"""Reading and extracting in this process or in several: limits, and workers that die."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

import quotes
from quotes.extraction.opinion import Model
from quotes.ingest import outcomes
from quotes.model import Article, Extraction
from quotes.reading import Columns, Piece, Read, Unread
from quotes.reading.forms import Form

STRIKE = """La grève continue
« Nous ne lâcherons rien », a prévenu Paul Morel, délégué du personnel.
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_the_order_of_the_sources(tmp_path: Path, jobs: int) -> None:
    english = "The council has voted the budget, and it was a good day for all of them in the town."
    texts = {"a.txt": STRIKE, "b.txt": english, "c.txt": "abc\0", "d.txt": f"{STRIKE} Suite."}
    files = [str(write(tmp_path, name, text)) for name, text in texts.items()]
    first, second, third, last = outcomes.outcomes(files, Columns(), jobs, outcomes.Plan())
    assert isinstance(first, outcomes.Found)
    assert (first.source, first.quotes, first.speakers) == (files[0], 1, 1)
    assert first.title == "La grève continue"
    assert second == outcomes.Foreign(files[1])
    assert isinstance(third, Unread)
    assert isinstance(last, outcomes.Found)
    assert last.prepared.extraction.article.text.startswith(STRIKE)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm on this system")
def test_an_article_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(article: Article, *, model: str) -> Extraction:
        while True:
            pass

    monkeypatch.setattr(quotes, "extract", endless)
    monkeypatch.setattr(outcomes, "ARTICLE_SECONDS", 0.05)
    given_up = outcomes.outcome(Read(Article(STRIKE, source="a.txt")), outcomes.Plan())
    assert given_up == Unread("a.txt", "took longer than 0.05 seconds: split it into its articles")
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_a_piece_that_kills_its_worker_takes_no_other_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "read_and_extract", dying)
    names = ["a.txt", "poison.txt", "c.txt"]
    files = [str(write(tmp_path, name, f"{STRIKE} {name}")) for name in names]
    found = list(outcomes.outcomes(files, Columns(), 2, outcomes.Plan()))
    assert [type(one) for one in found] == [outcomes.Known, Unread, outcomes.Known]


def dying(pieces: list[Piece], plan: outcomes.Plan) -> list[outcomes.Outcome]:
    if any("poison" in piece.source for piece in pieces):
        signal.raise_signal(signal.SIGKILL)
    assert all(piece.form is Form.TEXT for piece in pieces)
    return [outcomes.Known(piece.source, 1) for piece in pieces]


def greedy(read: Read, plan: outcomes.Plan) -> outcomes.Outcome:
    if "poison" in str(read.article.source):
        bytearray(3_000_000_000)
    return outcomes.Known(str(read.article.source), 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is only limited on Linux")
def test_one_process_alone_is_not_eaten_by_a_long_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes, "outcome", greedy)
    monkeypatch.setattr(outcomes, "_LONG", 10)
    names = ["a.txt", "poison.txt", "c.txt"]
    files = [str(write(tmp_path, name, f"{STRIKE} {name}")) for name in names]
    first, poison, last = outcomes.outcomes(files, Columns(), 1, outcomes.Plan())
    assert isinstance(poison, Unread)
    assert poison.reason.startswith("needs too much memory: ")
    assert (type(first), type(last)) == (outcomes.Known, outcomes.Known)


def exhausted(article: Article, *, model: str) -> Extraction:
    raise MemoryError


def test_an_extraction_without_memory_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "extract", exhausted)
    given_up = outcomes.outcome(Read(Article(STRIKE, source="a.txt")), outcomes.Plan())
    assert given_up == Unread("a.txt", "needs too much memory: split it into its articles")


def test_ctrl_c_waits_for_what_is_in_hand() -> None:
    done = []

    def interrupted() -> None:
        with outcomes.finished():
            signal.raise_signal(signal.SIGINT)
            done.append("stored")

    # A shell gives processes in the background a signal that is ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert done == ["stored"]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def dying_of_the_fifth(articles: list[tuple[int, Article]], model: Model) -> list[Extraction | Unread]:
    if any(number == 5 for number, _ in articles):
        signal.raise_signal(signal.SIGKILL)
    return [Extraction(article) for _, article in articles]


def test_an_article_that_kills_its_worker_takes_no_other_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "_extract_batch", dying_of_the_fifth)
    articles = [Article(STRIKE + f"jour {n}", source=str(n)) for n in range(20)]
    found = list(outcomes.extract_again(enumerate(articles), 2))
    assert [number for number, _ in found] == list(range(20))
    assert [number for number, one in found if isinstance(one, Unread)] == [5]
    assert all(one.article == articles[n] for n, one in found if isinstance(one, Extraction))
