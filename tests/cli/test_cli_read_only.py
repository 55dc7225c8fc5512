"""An archive where nothing may be written is read by all commands that only ask."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ASKING = [
    ["search"],
    ["search", "--facets"],
    ["export"],
    ["export", "-o", "../a.csv"],
    ["stats"],
    ["show", "1"],
    ["articles"],
    ["speakers"],
    ["speakers", "suggest"],
    ["speaker", "1"],
    ["variants"],
    ["history"],
    ["failures"],
    ["check", "L’État nous aide peu"],
    ["reextract", "--dry-run"],
    ["db", "check"],
    ["db", "backup", "../b.db"],
    ["db", "copy", "quotes.db", "../c.db"],
]
PROGRAM = """
import sys
from quotes.cli import main
for line in sys.stdin:
    code = main(line.rstrip("\\n").split("\\t"))
    print(f"{code}:{line}", end="", file=sys.stderr)
"""
# Root isn't held by permissions: it gets a place that is mounted to be read only, seen by this call alone.
MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'


def asked_read_only(folder: Path) -> str:
    call = [sys.executable, "-c", PROGRAM]
    if os.geteuid() == 0:
        if not shutil.which("unshare") or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
            pytest.skip("no mounts of its own here")
        call = ["unshare", "-m", "sh", "-c", MOUNTED, str(folder), *call]
    else:
        folder.chmod(0o555)
    result = subprocess.run(
        call,
        input="".join("\t".join(asked) + "\n" for asked in ASKING),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "QUOTES_DB": "quotes.db"},
    )
    folder.chmod(0o755)
    codes = [line for line in result.stderr.splitlines() if line[1:2] == ":"]
    assert codes == ["0:" + "\t".join(asked) for asked in ASKING], result.stderr
    return result.stdout


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX")
@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_what_may_only_be_read_is_read(tmp_path: Path, db: Path, killed: bool) -> None:
    folder = tmp_path / "fonds"
    folder.mkdir()
    shutil.move(db, folder / "quotes.db")
    if killed:
        # Its last transaction is in the log only, and nobody may bring it home.
        program = (
            "import os, sqlite3; c = sqlite3.connect('quotes.db');"
            "c.execute('PRAGMA wal_autocheckpoint = 0');"
            "c.execute(\"UPDATE articles SET title = 'Titre nouveau'\"); c.commit(); os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", program], cwd=folder, check=False)
        assert (folder / "quotes.db-wal").stat().st_size
        (folder / "quotes.db-shm").unlink()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = asked_read_only(folder)
    assert ("Titre nouveau" in said) is killed
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    copy = sqlite3.connect(tmp_path / "b.db")
    title = copy.execute("SELECT title FROM articles").fetchone()[0]
    copy.close()
    assert (title == "Titre nouveau") is killed
