"""What is skipped, what failed, and going on where a call stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import quotes
from quotes.model import Article, Extraction
from tests.cli.conftest import Run
from tests.cli.test_cli_add import STRIKE, write

ENGLISH = "The council has voted the budget, and the mayor said that it was a good day for all of them."


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_not_french_is_skipped_and_counted(run: Run, tmp_path: Path, jobs: str) -> None:
    write(tmp_path, "a.txt", ENGLISH)
    write(tmp_path, "b.txt", STRIKE)
    result = run("add", "-v", "a.txt", "b.txt", "--json", "--jobs", jobs)
    assert result.code == 0
    assert json.loads(result.out)["not_french"] == json.loads(result.out)["added"] == 1
    assert "a.txt: is not in French: skipped" in result.err
    assert "1 not in French (--any-language adds them)" in result.err
    assert run("failures").out == ""
    assert json.loads(run("add", "a.txt", "--any-language", "--json", "--jobs", jobs).out)["added"] == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_failures_are_kept_and_tried_again(run: Run, tmp_path: Path, jobs: str) -> None:
    write(tmp_path, "bon.txt", STRIKE)
    write(tmp_path, "mauvais.txt", "abc\0")
    write(tmp_path, "table.csv", f'corps;journal\n"{STRIKE} Suite.";La Gazette\n"";La Gazette\n')
    assert run("add", "bon.txt", "mauvais.txt", "absent.txt", "--jobs", jobs).code == 1
    assert run("add", "table.csv", "--text-column", "corps", "--outlet", "L’Écho").code == 1
    listed = [json.loads(line) for line in run("failures").out.splitlines()]
    sources = [one["source"] for one in listed]
    assert sources == [str(tmp_path / name) for name in ("mauvais.txt", "absent.txt", "table.csv:3")]
    assert [one["file"] for one in listed] == [
        str(tmp_path / name) for name in ("mauvais.txt", "absent.txt", "table.csv")
    ]
    assert listed[1]["reason"].startswith("no such file")
    assert "no such file" in run("failures", "--format", "table").out

    write(tmp_path, "mauvais.txt", STRIKE + "Jour deux.")
    again = run("failures", "--retry", "--jobs", jobs)
    assert again.code == 1
    assert "1 article added with 1 quote, 1 already there, 2 not read" in again.err
    left = json.loads(run("failures", "--format", "json").out)
    assert [(Path(one["source"]).name, one["tries"]) for one in left] == [
        ("absent.txt", 2),
        ("table.csv:3", 2),
    ]


def test_a_failure_goes_when_the_file_is_added(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "bon.txt", STRIKE)
    run("add", "bon.txt", "absent.txt")
    write(tmp_path, "absent.txt", STRIKE + "Jour deux.")
    assert run("add", "absent.txt").code == 0
    assert run("failures").out == ""


def test_what_is_known_is_not_extracted_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", STRIKE)
    assert run("add", "a.txt").code == 0

    def never(article: Article, *, model: str = "auto") -> Extraction:
        raise AssertionError("was extracted again")

    monkeypatch.setattr(quotes, "extract", never)
    again = run("add", "-v", "a.txt")
    assert again.code == 0
    assert "a.txt: already in the archive as article 1" in again.err


def test_an_address_is_read_only_with_fetch(run: Run, tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/page"
    for command in ("add", "extract"):
        result = run(command, address)
        assert result.code == 2
        assert "add --fetch to read it from the network" in result.err
    write(tmp_path, "bon.txt", STRIKE)
    result = run("add", "bon.txt", "--fetch", address)
    assert result.code == 1
    assert f"{address}: 127.0.0.1 is in a private network: save the page" in result.err
    assert json.loads(run("failures").out)["file"] == address
    # Trying again asks the network again: the user asked for it then.
    assert run("failures", "--retry").err.count("private network") == 1
    assert "private network" in run("extract", "--fetch", address).err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_failures_are_kept_also_when_nothing_was_added(run: Run, tmp_path: Path, jobs: str) -> None:
    for number in range(120):
        write(tmp_path, f"{number:03}.txt", "abc\0")
    names = [f"{number:03}.txt" for number in range(120)]
    failed = run("add", *names, "--jobs", jobs)
    assert failed.code == 1
    assert "0 articles added with 0 quotes, 120 not read" in failed.err
    assert len(run("failures").out.splitlines()) == 120
    write(tmp_path, "007.txt", STRIKE)
    assert "1 article added with 1 quote, 119 not read" in run("failures", "--retry").err
    assert len(run("failures").out.splitlines()) == 119
