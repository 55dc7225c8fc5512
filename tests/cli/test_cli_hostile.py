"""Hostile files: each costs one line and bounded time and memory, none is stored half, the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from quotes.archive import open_archive
from tests.cli.conftest import BUDGET
from tests.cli.test_cli_add import STRIKE, write

# Of each process; the test fails when more is asked for, or when a call hangs.
MEMORY = 1_500_000_000
WATCHDOG = 240.0

LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!ENTITY i SYSTEM "file:///etc/passwd">'


def page(body: str) -> str:
    return (
        f"<!doctype html><html lang=fr><title>T</title><body><article><h1>Titre</h1>{body}</article></html>"
    )


def feed(body: str, declared: str = "") -> str:
    head = f"<!DOCTYPE rss [{declared}]>" if declared else ""
    item = f"<item><title>T</title><description>{body}</description></item>"
    return f'<?xml version="1.0"?>{head}<rss><channel>{item}</channel></rss>'


def packed(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def word(document: str) -> bytes:
    """A Word document around this XML."""
    types = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}/content-types"><Default Extension="rels" ContentType="application/'
            f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
            f'ContentType="{main}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{types}/relationships"><Relationship Id="rId1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
    return stream.getvalue()


def document(text: str, declared: str = "") -> str:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = f"<!DOCTYPE d [{declared}]>" if declared else ""
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{namespace}">{body}</w:document>'


def mail(parts: int, nested: bool) -> str:
    if not nested:
        return "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * parts + "--b--\n"
    heads = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(parts))
    return "MIME-Version: 1.0\n" + "".join(heads) + "Content-Type: text/plain\n\nBonjour."


TIGHT = "is packed too tightly for a text"
# What is written, and how the line about it begins.
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "deep.html": (page("<div>" * 100_000 + "x"), "is nested deeper than any article"),
    "tags.html": (page("<p>x" * 200_000), "has more tags than any article"),
    "attributes.html": (
        page(f"<p {' '.join(f'a{n}=1' for n in range(1_000_000))}>x"),
        "has more attributes than any page",
    ),
    "laughs.rss": (feed("&i;", LAUGHS), "declares a document type"),
    "outside.atom": (feed("&i;", OUTSIDE), "declares a document type"),
    "utf16.rss": (feed("&i;", LAUGHS).encode("utf-16"), "declares a document type"),
    "tags.rss": (feed("&lt;p&gt;" * 300_000), "has more tags than any article"),
    "laughs.docx": (word(document("&i;", LAUGHS)), "declares a document type"),
    "outside.docx": (word(document("&i;", OUTSIDE)), "declares a document type"),
    "bomb.docx": (word(document("x" * 110_000_000)), "unpacks to far more than a text"),
    "half.docx": (word(document("x"))[:-40], "is no Word document"),
    "bomb.txt.gz": (gzip.compress(b"a" * 20_000_000), TIGHT),
    "bomb.jsonl.gz": (gzip.compress(b'{"text": "' + b"a" * 20_000_000), TIGHT),
    "bomb.zip": (packed(**{"a.txt": b"a" * 20_000_000}), TIGHT),
    "many.zip": (packed(**{f"{n}.txt": b"a" * 9_000_000 for n in range(4)}), TIGHT),
    "nested.zip": (packed(**{"a.zip": packed(**{"b.txt": b"x"})}), "is an archive in an archive"),
    "climbing.zip": (packed(**{"../../etc/hosts.txt": STRIKE.encode()}), "its name leads out of the archive"),
    "absolute.zip": (packed(**{"/etc/hosts.txt": STRIKE.encode()}), "its name leads out of the archive"),
    "half.zip": (packed(**{"a.txt": STRIKE.encode()})[:-30], "is a damaged archive"),
    "half.txt.gz": (gzip.compress(STRIKE.encode())[:-9], "is a damaged archive"),
    "line.txt": ("a" * 20_000_000, "longer than 10 million characters"),
    "line.csv": ("texte\n" + "a" * 20_000_001, "is no CSV row (line longer than 20 MB)"),
    "line.jsonl": ('{"text": "' + "a" * 20_000_001, "line longer than 20 MB"),
    "deep.json": ("[" * 1_000_000, "is no JSON from here on"),
    "field.csv": ('texte\n"' + "a\n" * 11_000_000, "is no CSV row (field larger than field limit"),
    "nul.txt": ("Du texte\0 et du texte.", "is no text"),
    "controls.txt": ("\x01\x02\x1b[2J" * 1_000, "is no text"),
    "surrogates.txt": ("Du \ud800 texte.".encode("utf-8", "surrogatepass"), "holds halves of characters"),
    "surrogates.jsonl": ('{"text": "Du \\ud800 texte."}', "holds halves of characters"),
    "garbage.pdf": (b"%PDF-1.4\n" + b"1 0 obj << /A " * 100_000, "is no PDF"),
    "garbage.warc": (os.urandom(100_000), "is no WARC record"),
    "garbage.parquet": (b"PAR1" + bytes(100_000) + b"PAR1", "is no Parquet table"),
    "nested.eml": (mail(3_000, nested=True), "is nested deeper than any article"),
    "parts.eml": (mail(100_000, nested=False), "has more parts than any e-mail"),
    "headers.eml": ("From: " + "(" * 100_000 + "\n\nBonjour.", "is nested deeper than any article"),
}  # fmt: skip
# These are odd, and texts: they are read as they are.
READ: dict[str, str | bytes] = {
    "attribute.html": page(f"<p>{STRIKE}</p><p class='{'a' * 20_000_000}'>{BUDGET * 3}</p>"),
    "marks.txt": STRIKE + "« a » " * 25_000,
    "bidi.txt": STRIKE + "« \u202eoui\u2066 » a dit Paul Morel. " * 1_000,
    "rtl.txt": STRIKE + "« نعم », a répété Paul Morel. « שלום », a-t-il ajouté.",
    "tags.eml": "Content-Type: text/html\n\n" + STRIKE + "<a " * 50_000,
    "deep.rss": feed("<a>" * 20_000 + STRIKE + "</a>" * 20_000),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def quotes(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; from quotes.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder,
        preexec_fn=limited,
        timeout=WATCHDOG,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "QUOTES_DB": "quotes.db"},
    )


@pytest.fixture(autouse=True)
def _libraries() -> None:
    for name in ("trafilatura", "docx", "pypdf", "pyarrow", "warcio"):
        pytest.importorskip(name)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_costs_one_line_and_the_rest_goes_on(tmp_path: Path, jobs: str) -> None:
    for name, (data, _) in REFUSED.items():
        write(tmp_path, name, data)
    write(tmp_path, "a.txt", STRIKE)
    write(tmp_path, "z.txt", BUDGET)
    names = ["a.txt", *REFUSED, "z.txt"]
    result = quotes(tmp_path, "add", "--jobs", jobs, "--quiet", *names)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == len(REFUSED), result.stderr[:10_000]
    for line, (name, (_, reason)) in zip(lines, REFUSED.items(), strict=True):
        source, _, said = line.removeprefix("quotes: ").partition(": ")
        assert source.partition("/")[0].partition(":")[0] == name
        assert said.startswith(reason), line
        assert ": " in said, f"it says what to do: {line}"
        assert len(line) < 300
    with open_archive(tmp_path / "quotes.db") as archive:
        assert [Path(row.source or "").name for row in archive.articles()] == ["a.txt", "z.txt"]
        assert archive.check() == []
        assert len(archive.failures()) == len(REFUSED)


def test_what_is_odd_and_a_text_is_kept_as_it_is(tmp_path: Path) -> None:
    for name, data in READ.items():
        write(tmp_path, name, data)
    result = quotes(tmp_path, "add", "--any-language", *READ)
    assert result.returncode == 0, result.stderr[:10_000]
    with open_archive(tmp_path / "quotes.db") as archive:
        assert [row.source for row in archive.articles()] == list(READ)
        assert archive.check() == []
        for row in archive.articles():
            assert "Nous ne lâcherons rien" in [
                stored.quote.text for stored in archive.article(row.id).quotes
            ]
    shown = quotes(tmp_path, "show", "3")
    assert shown.returncode == 0
    assert "\u202e" not in shown.stdout


def test_a_folder_with_traps(tmp_path: Path) -> None:
    folder = tmp_path / "presse"
    folder.mkdir()
    outside = tmp_path / "dehors"
    outside.mkdir()
    write(tmp_path, "secret.txt", BUDGET)
    write(folder, "bon.txt", STRIKE)
    write(folder, "deux\nlignes\x1b[2J.txt", STRIKE + "Deux.")
    write(folder, os.fsdecode(b"caf\xe9.txt"), STRIKE + "Trois.")
    (folder / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "lien").symlink_to(outside, target_is_directory=True)
    (folder / "boucle").symlink_to(folder, target_is_directory=True)
    (folder / "anneau.txt").symlink_to(folder / "anneau.txt")
    (folder / "rompu.txt").symlink_to(folder / "rien.txt")
    os.mkfifo(folder / "tube.txt")
    result = quotes(tmp_path, "add", "--verbose", "presse")
    assert result.returncode == 1
    said = {}
    for line in result.stderr.splitlines()[:-1]:
        source, _, reason = line.removeprefix("quotes: presse/").partition(": ")
        said[source] = reason
    no_file = "is no file (a pipe, a device, a broken link?): take it away"
    outside_ = "leads out of the folder: name it itself if you want it"
    assert {name: reason for name, reason in said.items() if "article" not in reason} == {
        "lien": outside_,
        "lien.txt": outside_,
        "anneau.txt": no_file,
        "rompu.txt": no_file,
        "tube.txt": no_file,
    }
    assert sorted(name for name, reason in said.items() if "article" in reason) == [
        "bon.txt",
        "caf\\udce9.txt",
        "deux\\nlignes\\x1b[2J.txt",
    ]
    # A link that is named itself is what the user wants.
    assert quotes(tmp_path, "add", "presse/lien.txt").returncode == 0


def test_one_bad_line_in_the_middle_is_named(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"{STRIKE} Jour {number}."}) for number in range(1, 100)]
    rows[49] = '{"text": "coupé'
    write(tmp_path, "jours.jsonl", "\n".join(rows))
    result = quotes(tmp_path, "add", "jours.jsonl", "--json", "--quiet")
    assert result.stderr == "quotes: jours.jsonl:50: is no JSON: one object a line is expected\n"
    assert json.loads(result.stdout)["added"] == 98


def test_a_failure_in_an_archive_is_tried_again_from_the_archive(tmp_path: Path) -> None:
    """A member's name must not lead the next try to another file."""
    write(tmp_path, "presse.zip", packed(**{"../secret.txt": b"x", "vide.txt": b" "}))
    write(tmp_path, "secret.txt", BUDGET)
    write(tmp_path, "bon.txt", STRIKE)
    assert quotes(tmp_path, "add", "bon.txt", "presse.zip").returncode == 1
    listed = [json.loads(line) for line in quotes(tmp_path, "failures").stdout.splitlines()]
    assert {one["file"] for one in listed} == {str(tmp_path / "presse.zip")}


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_what_is_in_the_way_of_the_archive(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "quotes.db")
    write(tmp_path, "bon.txt", STRIKE)
    result = quotes(tmp_path, "add", "bon.txt", "--quiet")
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
