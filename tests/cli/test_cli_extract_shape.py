"""What ``quotes extract --format json`` prints: an object for one article, an array for several."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import BUDGET, Run

SAID = "« Nous partons », a dit Jeanne Roy."
HTML = (
    "<article><span class='DocPublicationName'>Le Val</span>"
    "<div class='docOcurrContainer'><p>{}</p></div></article>"
)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.rss", "a.html", "a.zip", "a.mbox"])
def test_what_may_hold_several_is_an_array(run: Run, tmp_path: Path, name: str, count: int) -> None:
    rows = [{"text": f"{SAID} {n}"} for n in range(count)]
    data = {
        "a.csv": "text\n" + "".join(f'"{row["text"]}"\n' for row in rows),
        "a.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows),
        "a.json": json.dumps(rows),
        "a.rss": f"<rss><channel>{f'<item><description>{SAID}</description></item>' * count}</channel></rss>",
        "a.html": f"<html><body>{HTML.format(SAID) * count}</body></html>",
        "a.mbox": f"From a@b Tue Mar  5 10:00:00 2024\nSubject: Un\n\n{SAID}\n\n" * count,
        "a.zip": "",
    }[name]
    (tmp_path / name).write_text(data, encoding="utf-8")
    if name == "a.zip":
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for n in range(count):
                archive.writestr(f"{n}.txt", SAID)
    result = run("extract", name, "--format", "json")
    assert result.code == 0
    found = json.loads(result.out)
    assert [[quote["text"] for quote in one["quotes"]] for one in found] == [["Nous partons"]] * count


def test_one_article_is_an_object(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BUDGET, encoding="utf-8")
    assert isinstance(json.loads(run("extract", "a.txt", "--format", "json").out), dict)


@pytest.mark.parametrize("name", ["a.jsonl", "-"])
def test_a_bad_row_does_not_hide_the_others(run: Run, tmp_path: Path, name: str) -> None:
    rows = json.dumps({"title": "Rien"}) + "\n" + json.dumps({"text": SAID}) + "\n"
    (tmp_path / "a.jsonl").write_text(rows, encoding="utf-8")
    result = run("extract", name, "--format", "json", stdin=rows.encode())
    assert result.code == 1
    bad, good = json.loads(result.out)
    assert bad["error"].startswith("no text in this row")
    assert good["quotes"][0]["text"] == "Nous partons"
