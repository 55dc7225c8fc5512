"""Web pages, tables, archives, e-mails, feeds and documents."""

from __future__ import annotations

import base64
import datetime
import gc
import gzip
import io
import json
import os
import signal
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from quotes.model import Article, ZoneKind
from quotes.reading import Columns, Piece, Read, Unread, read_all, read_piece, take_apart
from quotes.reading.dates import iso_date
from quotes.reading.tables import rows_of
from quotes.reading.workers import Failed, Pool, Worker, in_order

TEXT = "« Nous ne lâcherons rien », a prévenu Paul Morel, délégué du personnel. La grève dure depuis lundi."
PARAGRAPH = (
    "Le conseil municipal de Saint-Aubin a débattu pendant trois heures de la réouverture du marché couvert, "
    "fermé depuis l’incendie de novembre. Plusieurs commerçants avaient fait le déplacement."
)
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Marché couvert | La Gazette</title>
<meta property="og:title" content="Le marché couvert rouvrira">
<meta property="og:site_name" content="La Gazette de Brume">
<meta name="author" content="Jeanne Roy">
<meta property="article:published_time" content="2023-05-03T10:00:00+02:00">
<meta property="og:url" content="https://gazette.example/marche"></head>
<body><nav><a href="/">Accueil</a></nav><article><h1>Le marché couvert rouvrira</h1>
<p>{PARAGRAPH}</p><h2>Un chantier de deux ans</h2>
<p>« Nous avons tenu parole&nbsp;», a <em>déclaré</em> Zoé Lebœuf, maire<br>de Saint-Aubin.</p>
<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article><footer>Mentions légales</footer></body></html>"""


def write(folder: Path, name: str, data: str | bytes) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def articles(paths: Sequence[str]) -> list[Article]:
    results = list(read_all(paths))
    assert [r for r in results if isinstance(r, Unread)] == []
    return [r.article for r in results if isinstance(r, Read)]


def reasons(*paths: str) -> list[str]:
    return [r.reason for r in read_all(paths) if isinstance(r, Unread)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path, encoding: str) -> None:
    pytest.importorskip("trafilatura")
    page = PAGE if encoding == "utf-8" else PAGE.replace("utf-8", "windows-1252")
    (article,) = articles([write(tmp_path, "page.html", page.encode(encoding))])
    assert article.title == "Le marché couvert rouvrira"
    assert article.authors == ("Jeanne Roy",)
    assert article.outlet == "La Gazette de Brume"
    assert article.published == "2023-05-03"
    assert article.url == "https://gazette.example/marche"
    lines = article.text.split("\n")
    assert lines[0] == article.title
    assert "« Nous avons tenu parole\u00a0», a déclaré Zoé Lebœuf, maire de Saint-Aubin." in lines
    kinds = {article.text[zone.start : zone.end]: zone.kind for zone in article.zones}
    assert kinds["Le marché couvert rouvrira"] is ZoneKind.HEADLINE
    assert kinds["Un chantier de deux ans"] is ZoneKind.HEADING


def test_a_page_without_an_article_is_said(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = write(tmp_path, "vide.html", "<html><body><nav>Accueil</nav></body></html>")
    (reason,) = reasons(page)
    assert "no article was found" in reason


def test_tables_are_read_by_the_usual_names_of_columns(tmp_path: Path) -> None:
    record = {
        "titre": "La grève",
        "auteur": "Jeanne Roy; Luc Faure",
        "journal": "La Gazette",
        "date": "03/05/2023",
        "texte": TEXT,
    }
    jsonl = write(tmp_path, "a.jsonl", json.dumps(record) + "\n\nbroken\n[]\n{}\n")
    header = ";".join(record)
    values = ";".join(f'"{value}"' for value in record.values())
    table = write(tmp_path, "b.csv", f"{header}\n{values}\n".encode("cp1252"))
    results = list(read_all([jsonl, table]))
    read = [r.article for r in results if isinstance(r, Read)]
    assert [a.source for a in read] == [f"{jsonl}:1", f"{table}:2"]
    for article in read:
        assert article.text == TEXT
        assert article.title == "La grève"
        assert article.authors == ("Jeanne Roy", "Luc Faure")
        assert (article.outlet, article.published) == ("La Gazette", "2023-05-03")
    assert [
        (r.source.rpartition(":")[2], r.reason.split(":")[0]) for r in results if isinstance(r, Unread)
    ] == [
        ("3", "is no JSON"),
        ("4", "is no JSON object"),
        ("5", "no text in this row"),
    ]


RECORD = {
    "Titre": "La grève",
    "auteur": ["Jeanne Roy", "Luc Faure"],
    "traducteur": "Léa Oya",
    "rubrique": "Social",
    "texte": TEXT,
    "date": "2023-05-03",
    "ignored": {"deep": [1, 2.5, None]},
}


@pytest.mark.parametrize(
    ("content", "sources"),
    [
        ([RECORD, RECORD], ["a.json:1", "a.json:2"]),
        (RECORD, ["a.json"]),
        ({"total": 1, "articles": [RECORD]}, ["a.json:1"]),
        ({"response": {"docs": [RECORD, RECORD]}}, ["a.json:1", "a.json:2"]),
    ],
    ids=["array", "object", "list in it", "list deep in it"],
)
def test_json_is_an_array_or_an_object(tmp_path: Path, content: object, sources: list[str]) -> None:
    read = articles([write(tmp_path, "a.json", "\ufeff" + json.dumps(content, indent=1))])
    assert [Path(article.source or "").name for article in read] == sources
    for article in read:
        assert (article.text, article.title, article.section) == (TEXT, "La grève", "Social")
        assert (article.authors, article.translators) == (("Jeanne Roy", "Luc Faure"), ("Léa Oya",))


def test_a_json_array_streams_over_its_buffer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.reading.tables._CHUNK", 64)
    rows = [{"text": f"{number} {TEXT}"} for number in range(50)]
    read = articles([write(tmp_path, "a.json", json.dumps(rows))])
    assert [article.text for article in read] == [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("[]", "no rows in this table"),
        ("", "no rows in this table"),
        ("nul", "is no JSON"),
        ('{"a": 1}', "no text in this row"),
        ("[" * 100_000, "is no JSON from here on"),
        ('{"a": ' * 100_000, "is no JSON: "),
        ("[1]", "is no JSON object"),
        ("12", "is no JSON object"),
        (b'[{"text": "\xe9"}]', "is no UTF-8"),
    ],
)
def test_json_that_holds_no_articles(tmp_path: Path, data: str | bytes, reason: str) -> None:
    (said,) = reasons(write(tmp_path, "a.json", data))
    assert said.startswith(reason)
    assert ": " in said


def test_what_stands_before_broken_json_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", json.dumps([RECORD, RECORD])[:-30])
    first, second = read_all([path])
    assert isinstance(first, Read)
    assert isinstance(second, Unread)
    assert (second.source, second.reason.split(":")[0]) == (f"{path}:2", "is no JSON from here on")


def test_a_json_object_that_is_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.reading.tables._LARGEST_OBJECT", 100)
    (reason,) = reasons(write(tmp_path, "a.json", json.dumps({"articles": [RECORD]})))
    assert "save its articles as JSON lines" in reason


def test_parquet_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    day = datetime.date(2023, 5, 3)
    rows = [{"Texte": f"{TEXT} {number}", "auteurs": ["Jeanne Roy"], "date": day} for number in range(300)]
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.Table.from_pylist([*rows, {"Texte": None, "date": day}]), path)
    results = list(read_all([str(path)]))
    last = results.pop()
    assert isinstance(last, Unread)
    assert last.source == f"{path}:301"
    read = [result.article for result in results if isinstance(result, Read)]
    assert [article.text for article in read] == [row["Texte"] for row in rows]
    assert {(a.authors, a.published) for a in read} == {(("Jeanne Roy",), "2023-05-03")}
    assert reasons(str(path))[0].startswith("no text in this row")
    (other,) = take_apart([str(path)], Columns(text="corps"))
    assert isinstance(other, Unread)
    assert "no column 'corps': name one of Texte, auteurs, date" in other.reason


def test_parquet_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.parquet", b"PAR1 rien PAR1")
    assert reasons(path)[0].startswith("is no Parquet table")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(path, "a.parquet")
    assert reasons(str(tmp_path / "a.zip")) == ["is a Parquet table in an archive: unpack it first"]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "-m pip install '" in reasons(path)[0]


def test_columns_may_be_named(tmp_path: Path) -> None:
    table = write(tmp_path, "a.csv", f'resume,corps_article\ncourt,"{TEXT}"\n')
    (piece,) = take_apart([table], Columns(text="corps_article"))
    assert isinstance(piece, Piece)
    assert piece.data == TEXT
    (other,) = take_apart([table], Columns(text="corps"))
    assert isinstance(other, Unread)
    assert "it has resume, corps_article" in other.reason


def test_a_row_with_a_lone_surrogate_is_refused(tmp_path: Path) -> None:
    (reason,) = reasons(write(tmp_path, "a.jsonl", '{"text": "Un \\ud800 texte"}\n'))
    assert "lone surrogates" in reason


def test_what_is_known_is_kept_in_sound_characters(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "title": "Un \ud800\u0000\x1b[2J\n titre",
        "authors": ["\udfff", " Jeanne\nRoy "],
        "url": "\0",
    }
    (article,) = articles([write(tmp_path, "a.jsonl", json.dumps(row))])
    assert (article.title, article.authors, article.url) == ("Un [2J titre", ("Jeanne Roy",), None)


def test_packed_files_are_opened(tmp_path: Path) -> None:
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b/deux.txt", TEXT)
        archive.writestr("a/un.jsonl", json.dumps({"text": TEXT + " Fin."}))
        archive.writestr("__MACOSX/x.txt", "rien")
        archive.writestr("image.png", b"\x89PNG")
    single = write(tmp_path, "c.txt.gz", gzip.compress(TEXT.encode()))
    sources = [article.source for article in articles([str(packed), single])]
    assert sources == [f"{packed}/a/un.jsonl:1", f"{packed}/b/deux.txt", single]


def test_archives_that_attack_or_are_damaged(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 30_000_000)
    (reason,) = reasons(str(bomb))
    assert "packed too tightly" in reason
    (reason,) = reasons(write(tmp_path, "broken.zip", b"PK\x03\x04 rien"))
    assert "damaged" in reason
    (reason,) = reasons(write(tmp_path, "broken.txt.gz", gzip.compress(b"texte" * 99)[:-9]))
    assert "damaged" in reason


def test_an_email(tmp_path: Path) -> None:
    mail = (
        "From: La Gazette <lettre@gazette.example>\r\nSubject: =?utf-8?q?La_gr=C3=A8ve?=\r\n"
        "Date: Wed, 03 May 2023 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n"
        f"<style>p {{}}</style><p>{TEXT}</p><p>À demain.</p>"
    )
    (article,) = articles([write(tmp_path, "lettre.eml", mail)])
    assert article.text == f"La grève\n\n{TEXT}\nÀ demain."
    assert (article.title, article.outlet) == ("La grève", "La Gazette")
    assert article.published == "2023-05-03T10:00:00+02:00"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("", TEXT.encode()),
        ("", TEXT.encode("cp1252")),
        ("Content-Type: text/plain; charset=inconnu\r\n", TEXT.encode()),
        ("Content-Type: text/plain; charset=latin-1\r\n", TEXT.encode("latin-1")),
        ("Content-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n",
         base64.b64encode(TEXT.encode("utf-16"))),
    ],
    ids=["utf-8, unsaid", "cp1252, unsaid", "unknown", "latin-1", "base64"],
)  # fmt: skip
def test_an_email_in_any_encoding(tmp_path: Path, header: str, body: bytes) -> None:
    mail = f"Subject: Un\r\nMIME-Version: 1.0\r\n{header}\r\n".encode() + body
    (article,) = articles([write(tmp_path, "lettre.eml", mail)])
    assert article.text == f"Un\n\n{TEXT}"


class Endless(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, begin: bytes, row: bytes, rows: int) -> None:
        self._rest = begin
        self._row = row
        self._rows = rows

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while len(self._rest) < len(buffer) and self._rows:
            self._rest += self._row
            self._rows -= 1
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    ("suffix", "begin", "row"),
    [
        (".json", b"[", json.dumps({"text": TEXT * 100}).encode() + b",\n"),
        (".jsonl", b"", json.dumps({"text": TEXT * 100}).encode() + b"\n"),
        (".csv", b"text\n", TEXT.encode() * 100 + b"\n"),
    ],
)
def test_tables_stream(suffix: str, begin: bytes, row: bytes) -> None:
    stream = io.BufferedReader(Endless(begin, row, rows=4_000))
    tracemalloc.start()
    try:
        read = sum(isinstance(piece, Piece) for piece in rows_of(stream, suffix, "a", Columns()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == 4_000
    # The table has 40 MB.
    assert peak < 12_000_000


def test_a_feed_gives_its_entries(tmp_path: Path) -> None:
    feed = f"""<?xml version="1.0"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>La Gazette</title>
<item><title>La grève</title><link>https://gazette.example/1</link><dc:creator>Jeanne Roy</dc:creator>
<pubDate>Wed, 03 May 2023 10:00:00 GMT</pubDate><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item>
<item><title>Deux</title><description>Texte.</description></item></channel></rss>"""
    first, second = articles([write(tmp_path, "flux.xml", feed)])
    assert first.text == f"La grève\n{TEXT}"
    assert (first.title, first.outlet, first.authors) == ("La grève", "La Gazette", ("Jeanne Roy",))
    assert first.published is not None
    assert first.published.startswith("2023-05-03")
    assert first.url == "https://gazette.example/1"
    assert (second.source or "").endswith("flux.xml:2")


def test_an_empty_entry_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    items = f"<item></item><item><description>{TEXT}</description></item>"
    path = write(tmp_path, "flux.rss", f"<rss><channel>{items}</channel></rss>")
    empty, read = read_all([path])
    assert empty == Unread(f"{path}:1", "is empty: nothing to read")
    assert isinstance(read, Read)
    assert (read.article.source, read.article.text) == (f"{path}:2", TEXT)


def test_entities_in_a_feed_are_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><item>&a;</item></rss>'
    (reason,) = reasons(write(tmp_path, "bomb.xml", bomb))
    assert "document type" in reason


def test_a_word_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("La grève continue")
    document.add_paragraph(TEXT)
    buffer = io.BytesIO()
    document.save(buffer)
    (article,) = articles([write(tmp_path, "note.docx", buffer.getvalue())])
    assert article.text == f"La grève continue\n{TEXT}"
    assert article.title == "La grève continue"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_documents_that_are_none(tmp_path: Path, name: str) -> None:
    (reason,) = reasons(write(tmp_path, name, b"%PDF-1.4 rien" * 9))
    assert reason.startswith("is no ")


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2023-05-03", "2023-05-03"),
        ("2023-05-03T10:00:00Z", "2023-05-03T10:00:00Z"),
        ("20230503", "2023-05-03"),
        ("3 mai 2023 à 10 h", "2023-05-03"),
        ("hier", None),
        ("", None),
    ],
)
def test_dates_as_they_are_stated(stated: str, date: str | None) -> None:
    assert iso_date(stated) == date


def sleepy(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def failing(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number * 10


def endless(rounds: int) -> int:
    # In C from beginning to end: no alarm of Python's is heard in it.
    return sum(range(rounds))


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="no limit of processor time on this system")
def test_a_worker_that_uses_the_processor_too_long_is_ended_by_the_system() -> None:
    worker = Worker(endless, 0.5)
    assert worker.call(3) == 3
    late = worker.call(10**12)
    assert isinstance(late, Failed)
    assert "took longer than 0.5 seconds" in late.reason
    assert worker.call(3) == 3
    worker.close()


@pytest.mark.skipif(not hasattr(signal, "SIGXCPU"), reason="no limit of processor time on this system")
def test_who_waits_for_the_processor_is_not_too_late() -> None:
    worker = Worker(sleepy, 0.2)
    assert worker.call(1.0) == 1.0
    worker.close()


def objects_kept(_: int) -> tuple[int, str]:
    return gc.get_freeze_count(), os.environ["QUOTES_THREADS"]


def test_a_worker_is_one_of_several_and_does_not_look_through_its_lists_for_garbage() -> None:
    worker = Worker(objects_kept, 20)
    before, after = worker.call(1), worker.call(2)
    worker.close()
    assert not isinstance(before, Failed)
    assert not isinstance(after, Failed)
    assert before == (0, "1")
    assert after[0] > 1_000


def test_a_worker_that_takes_too_long_is_killed_and_started_again() -> None:
    worker = Worker(sleepy, 0.5, by_clock=True)
    assert worker.call(0.0) == 0.0
    late = worker.call(60.0)
    assert isinstance(late, Failed)
    assert "took longer than 0.5 seconds" in late.reason
    assert worker.call(0.0) == 0.0
    worker.close()


def test_answers_come_in_the_order_of_the_tasks() -> None:
    with Pool(2, 20) as pool:
        answers: list[int | Failed] = [answer for _, answer in in_order(pool, failing, range(1, 30), 8)]
    failed = answers.pop(1)
    assert isinstance(failed, Failed)
    assert "ValueError: two" in failed.reason
    assert answers == [10, *range(30, 300, 10)]


def dying(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_task_that_kills_its_process_costs_itself() -> None:
    with Pool(2, 20) as pool:
        answers = [answer for _, answer in in_order(pool, dying, range(9), 8)]
    assert [n for n, answer in enumerate(answers) if isinstance(answer, Failed)] == [3]
    assert [answer for answer in answers if not isinstance(answer, Failed)] == [0, 1, 2, 4, 5, 6, 7, 8]


def test_a_pool_that_is_left_ends_what_its_processes_do() -> None:
    pool = Pool(2, 20)
    # One is at work, the others have not begun or are about to.
    asked = [pool.submit(sleepy, 60.0) for _ in range(4)]
    time.sleep(0.5)
    pool.shutdown(cancel_futures=True)
    assert all(one.cancelled() or isinstance(one.result(), Failed) for one in asked)


def test_reading_a_piece_is_what_workers_do(tmp_path: Path) -> None:
    pieces = [p for p in take_apart([write(tmp_path, "a.txt", TEXT)]) if isinstance(p, Piece)]
    with Pool(1, 20) as pool:
        answers = [answer for _, answer in in_order(pool, read_piece, pieces, 4)]
    assert answers == [read_piece(pieces[0])]
