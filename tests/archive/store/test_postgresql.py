"""What is particular to an archive on a server, and that it answers as a file does."""

from __future__ import annotations

import random
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote as in_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, text

from quotes.archive import Archive, ArticleChange, Change, Failure, Filters, open_archive, upgrade
from quotes.archive.store import clock, sqlite
from quotes.archive.store.asking import ask
from quotes.archive.store.schema import Base
from quotes.errors import ArchiveError, SchemaError
from quotes.model import Article, Extraction, Gender, Quote, QuoteKind, Role, Speaker, SpeakerType
from tests.archive.samples import COUNCIL, INHABITANT, JEANNE, MARKET, PAUL, extraction, full
from tests.postgresql import PASSWORD, READER, Server

NAMES = ("Élise Été", "Eloi Zola", "Œdipe Ågren", "zoé D’Arc", "Jean-Luc Ézéchiel", "Ali Ben Omar")
WORDS = """
déclaration déclarer budget État marchand·es œuvre école Éric zèbre hôpital climat météo pluie neige
travaillent travaillé travail impôt impôts taxe foncière eau eaux été hiver là-bas l’eau 2024 3e
""".split()  # noqa: SIM905


def corpus(articles: int = 60) -> Iterator[Extraction]:
    """Articles of a few quotes in words that return, some of them printed twice."""
    chance = random.Random(20_240_517)
    said: list[str] = []
    for number in range(articles):
        text = f"{number}\n"
        quotes: list[Quote] = []
        for _ in range(chance.randint(1, 6)):
            words = " ".join(chance.choices(WORDS, k=chance.randint(2, 25)))
            if said and chance.random() < 0.2:
                words = chance.choice(said)
            said.append(words)
            kind = chance.choice([SpeakerType.PERSON, SpeakerType.ORGANIZATION])
            speaker = Speaker(chance.choice(NAMES), kind, chance.choice([Gender.FEMALE, Gender.MALE, None]))
            role = Role(chance.choice(["maire d’Étretat", "députée", "éclusier"]))
            start = len(text) + 2
            known = chance.random() < 0.9
            quotes.append(
                Quote(
                    start,
                    start + len(words),
                    words,
                    chance.choice([QuoteKind.DIRECT, QuoteKind.MIXED]),
                    speaker=speaker if known else None,
                    role=role if known and chance.random() < 0.6 else None,
                    rule="incise" if known else "none",
                    confidence=chance.choice([0.5, 0.9]) if known else 0.0,
                )
            )
            text += f"« {words} » "
        article = Article(
            text,
            title=f"Article {number}",
            outlet=chance.choice([None, "L’Écho", "la Gazette", "Zébulon"]),
            published=chance.choice([None, f"20{chance.randint(10, 24)}-0{chance.randint(1, 9)}-11"]),
        )
        yield Extraction(article, tuple(quotes))


def versions() -> Iterator[Extraction]:
    """A report, the same from another place, a newer one, and one of another paper that is much like it."""
    text = " ".join(f"mot{n}" for n in range(200)) + " « On verra bien »"
    first = extraction(text, ("On verra bien", JEANNE), outlet="L’Écho", url="https://echo.example/1")
    yield first
    yield replace(first, article=replace(first.article, source="ailleurs.txt"))
    for end, outlet in (("Venez nombreux", "L’Écho"), ("Restez ici", "La Gazette")):
        url = "https://echo.example/1" if outlet == "L’Écho" else "https://gazette.example/7"
        said = ("On verra bien", JEANNE), (end, PAUL)
        yield extraction(f"{text} « {end} »", *said, outlet=outlet, url=url)


def fill(archive: Archive) -> None:
    """Put something into every table, and a history of changes by hand."""
    archive.add_all([full(), *corpus(), *versions()], extractor_version="1")
    speakers = {row.name: row.id for row in archive.speakers()}
    archive.merge(speakers["Élise Été"], [speakers["Eloi Zola"]], who="ida")
    archive.rename(speakers["zoé D’Arc"], "Zoé d’Arc", who="ida")
    theirs = [row.article_id for row in archive.quotes(Filters(speaker="Ali Ben Omar", type="person"))]
    archive.split(speakers["Ali Ben Omar"], theirs[:1], who="marc")
    archive.fix(3, Change(speaker=JEANNE, role="maire"), who="marc")
    archive.fix(4, Change(not_a_quote=True), who="marc")
    archive.fix(5, Change(), who="ida")
    archive.edit(2, ArticleChange(outlet="L’Éveil", authors=("Ida Lenoir",)), who="ida")
    archive.undo(archive.rename(speakers["Jean-Luc Ézéchiel"], "Jean-Luc", who="ida"))
    archive.note_failures([Failure("/presse/illisible.pdf", "/presse/illisible.pdf", "no text", {"jobs": 2})])


@pytest.fixture
def address(server: Server) -> str:
    return server.empty_archive()


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """The same archive in a file and on a server, made at the same moment; for reading."""
    path = tmp_path_factory.mktemp("fichier") / "paroles.db"
    with (
        server.empty_database() as address,
        open_archive(path) as in_file,
        open_archive(address) as on_server,
    ):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(clock, "now", lambda: "2024-05-17T12:00:00+00:00")
            fill(in_file)
            fill(on_server)
        yield in_file, on_server


QUERIES = (
    None,
    "climat",
    "déclaration",
    "déclaration budget",
    "climat OU météo OU pluie",
    "travaillent SAUF impôt",
    "SAUF climat",
    "SAUF (climat OU (eau impôts))",
    '"climat météo"',
    '"eau eau" OU "impôt impôts"',
    "trav*",
    "imp* OU «l’eau eaux»",
    "marchandes école (neige OU pluie)",
    "locuteur:élise climat",
    "role:maire avant:2020",
    "genre:inconnu media:gazette type:personne eau",
    "introuvable",
)


def pages(archive: Archive, query: str | None, *, exact: bool, sort: str) -> list[object]:
    seen: list[object] = []
    after = None
    while True:
        hits = archive.search(query, exact=exact, sort=sort, limit=7, after=after)
        seen += [(hit.row, hit.snippet, round(hit.score, 9)) for hit in hits.hits]
        seen.append((hits.matches, hits.notes))
        after = hits.next
        if after is None:
            return seen


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("few", [5, 30])
def test_many_matches_are_the_same_in_the_same_order(
    both: tuple[Archive, Archive], monkeypatch: pytest.MonkeyPatch, query: str | None, few: int
) -> None:
    monkeypatch.setattr("quotes.archive.search.finding.RANKED_AT_MOST", few)
    monkeypatch.setattr("quotes.archive.search.finding.COUNTED_AT_MOST", 2 * few)
    monkeypatch.setattr("quotes.archive.search.finding._WALKED_FROM", few // 2)
    for exact in (False, True):
        for sort in ("best", "date"):
            in_file, on_server = (pages(archive, query, exact=exact, sort=sort) for archive in both)
            assert in_file == on_server


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_finds_the_same_in_the_same_order(both: tuple[Archive, Archive], query: str | None) -> None:
    for exact in (False, True):
        for sort in ("best", "date"):
            found = [pages(archive, query, exact=exact, sort=sort) for archive in both]
            assert found[0] == found[1]
    in_file, on_server = both
    assert list(in_file.quotes(query=query)) == list(on_server.quotes(query=query))
    assert list(in_file.quoted(query=query)) == list(on_server.quoted(query=query))
    assert in_file.facets(query) == on_server.facets(query)
    assert in_file.gender_shares(query) == on_server.gender_shares(query)
    for dimension in ("outlet", "month", "role", "kind", "gender", "speaker"):
        assert in_file.count_by(dimension, query) == on_server.count_by(dimension, query)


PIECES = st.sampled_from(
    [*WORDS, "OU", "SAUF", "(", ")", '"', "«", "»", "trav*", "e*", '"eau eaux"', "genre:f", "media:gazette"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=9).map(" ".join), st.booleans())
def test_any_query_is_answered_alike(both: tuple[Archive, Archive], query: str, exact: bool) -> None:
    found = [
        [(hit.row.id, round(hit.score, 9)) for hit in archive.search(query, exact=exact, limit=500).hits]
        for archive in both
    ]
    assert found[0] == found[1]


def test_exact_words_come_first(both: tuple[Archive, Archive]) -> None:
    for archive in both:
        texts = [hit.row.text for hit in archive.search("impôts", limit=500).hits]
        exact = ["impôts" in text.split() for text in texts]
        assert exact[0]
        assert not exact[-1]


def test_all_else_is_the_same(both: tuple[Archive, Archive]) -> None:
    in_file, on_server = both
    assert in_file.counts() == on_server.counts()
    for sort in ("count", "last", "name"):
        assert list(in_file.speakers(sort=sort)) == list(on_server.speakers(sort=sort))
    for speaker in in_file.speakers():
        assert in_file.portrait(speaker.id) == on_server.portrait(speaker.id)
    assert in_file.suggest() == on_server.suggest()
    assert in_file.names_like("Élise Ete") == on_server.names_like("Élise Ete")
    assert in_file.least_certain(limit=20) == on_server.least_certain(limit=20)
    assert in_file.utterances(limit=50) == on_server.utterances(limit=50)
    assert in_file.utterances(limit=50)
    for row in list(in_file.quotes())[:20]:
        altered = " ".join(row.text.split()[1:]) + " encore"
        assert in_file.find_said(altered) == on_server.find_said(altered)
    assert in_file.history() == on_server.history()
    assert in_file.corrections() == on_server.corrections()
    assert in_file.failures() == on_server.failures()
    assert list(in_file.articles()) == list(on_server.articles())
    for article in in_file.articles():
        assert in_file.article(article.id) == on_server.article(article.id)
        assert in_file.versions(article.id) == on_server.versions(article.id)
    assert list(in_file.checked()) == list(on_server.checked())
    assert in_file.check() == on_server.check() == []


def tables(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


def dump(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    with archive.reading() as connection:
        return tables(connection)


def test_a_copy_there_and_back_loses_nothing(path: Path, address: str, tmp_path: Path) -> None:
    back = tmp_path / "retour.db"
    with open_archive(path) as archive:
        fill(archive)
        before = dump(archive)
        assert all(before.values())
        counted = archive.copy(address)
    assert counted == {name: len(rows) for name, rows in before.items()}
    with open_archive(address, readonly=True) as archive:
        assert dump(archive) == before
        assert archive.check() == []
        assert archive.search("climat").matches > 10
        archive.copy(back)
    assert [found.name for found in tmp_path.iterdir()].count("retour.db") == 1
    assert not [found for found in tmp_path.iterdir() if found.name.startswith(".")]
    with open_archive(path) as first, open_archive(back) as last:
        assert dump(last) == before
        assert last.check() == []
        assert last.search("climat") == first.search("climat")


@pytest.mark.parametrize("to_server", [True, False])
def test_a_copy_goes_on_as_the_first_would(path: Path, server: Server, to_server: bool) -> None:
    source: str | Path = path if to_server else server.empty_archive()
    target: str | Path = server.empty_archive() if to_server else path
    with open_archive(source) as archive:
        fill(archive)
        # The last speaker goes away, and its number is not given again.
        archive.add(
            extraction("« Oui »", ("Oui", Speaker("Ida Dernier", SpeakerType.PERSON))), extractor_version="1"
        )
        gone = archive.speaker("Ida Dernier").id
        merged = archive.merge(archive.speaker("Jeanne Roy").id, [gone], who="ida")
        archive.copy(target)
    with open_archive(target) as archive:
        archive.add(MARKET, extractor_version="1")
        archive.add(COUNCIL, extractor_version="1")
        assert archive.speaker(INHABITANT.name).id > gone
        archive.undo(merged)
        assert archive.speaker(str(gone)).name == "Ida Dernier"
        archive.fix(6, Change(), who="ida")
        assert archive.check() == []
        assert archive.search("marché").matches == 1


def test_only_an_empty_place_is_copied_to(path: Path, address: str, tmp_path: Path) -> None:
    other = tmp_path / "autre.db"
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        archive.copy(address)
        for target, said in ((address, "is not empty"), (path, "exists already")):
            with pytest.raises(ArchiveError, match=said):
                archive.copy(target)
    with open_archive(address) as archive:
        assert archive.counts()["articles"] == 1
    open_archive(other).close()
    with open_archive(address) as archive, pytest.raises(ArchiveError, match="exists already"):
        archive.copy(other)


def test_a_copy_that_fails_leaves_nothing(path: Path, address: str) -> None:
    with open_archive(path) as archive:
        archive.add(COUNCIL, extractor_version="1")
        odd = extraction("Un\0 « Oui »", ("Oui", JEANNE))
        archive.add(odd, extractor_version="1")
        with pytest.raises(ArchiveError, match="row 2 of articles has a NUL"):
            archive.copy(address)
    with open_archive(address) as archive:
        assert archive.counts() == {"articles": 0, "speakers": 0, "quotes": 0}
        with pytest.raises(ArchiveError, match="NUL character"):
            archive.add(odd, extractor_version="1")
        assert archive.counts()["articles"] == 0


def test_a_backup_of_a_database_is_a_file(address: str, path: Path) -> None:
    with open_archive(address) as archive:
        fill(archive)
        with archive.writing() as connection:
            connection.execute(text("UPDATE articles SET title = 'Autre'"))
            archive.backup(path)
        before = dump(archive)
        with pytest.raises(ArchiveError, match="exists already"):
            archive.backup(path)
    with open_archive(path) as archive:
        assert archive.check() == []
        copied = dump(archive)
    for name, rows in before.items():
        assert len(copied[name]) == len(rows)
    assert copied["quotes"] == before["quotes"]
    assert copied["articles"] != before["articles"]


def test_writers_at_once_lose_nothing(address: str) -> None:
    """All meet the same speakers and roles at the same time."""
    program = """
import sys
from quotes.archive import open_archive
from tests.archive.samples import JEANNE, extraction
with open_archive(sys.argv[1]) as archive:
    for number in range(25):
        text = f"{sys.argv[2]} {number} « Oui {number}, nous voulons cela, et toujours »"
        words = f"Oui {number}, nous voulons cela, et toujours"
        archive.add(extraction(text, (words, JEANNE, f"rôle {number}")), extractor_version="1")
"""
    names = ("une", "deux", "trois")
    writers = [subprocess.Popen([sys.executable, "-c", program, address, name]) for name in names]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    with open_archive(address) as archive:
        assert archive.counts() == {"articles": 75, "speakers": 1, "quotes": 75}
        assert archive.check() == []
        with archive.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM roles")).scalar() == 25
            assert connection.execute(text("SELECT count(*) FROM speaker_aliases")).scalar() == 1
        assert {len(one.appearances) for one in archive.utterances(limit=100)} == {75}


def test_readers_do_not_wait_for_writers(address: str) -> None:
    with open_archive(address) as archive, open_archive(address, timeout=0.1) as other:
        archive.add(COUNCIL, extractor_version="1")
        with archive.writing() as connection:
            connection.execute(text("UPDATE quotes SET outlet = 'Autre'"))
            assert other.search("déclaration").hits[0].row.outlet == "Le Courrier du Val"
            with pytest.raises(ArchiveError, match="being written to by others"):
                other.add(MARKET, extractor_version="1")
        assert other.add(MARKET, extractor_version="1").new


def alembic(address: str) -> object:
    from alembic.config import Config

    config = Config(str(Path(sqlite.__file__).parents[3] / "alembic.ini"))
    config.cmd_opts = Namespace(x=[f"db={address}"])
    return config


def test_the_models_are_those_of_the_migrations(address: str) -> None:
    from alembic import command

    command.check(alembic(address))  # type: ignore[arg-type]


def test_text_is_in_the_order_of_code_points(address: str) -> None:
    with open_archive(address) as archive, archive.reading() as connection:
        other = ask(
            connection,
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'",
        )
        assert {row.table_name for row in other} == {"quote_terms", "alembic_version"}


@pytest.mark.parametrize("older", sqlite.REVISIONS[:-1])
def test_an_upgrade_of_a_filled_archive_loses_nothing(server: Server, older: str) -> None:
    from alembic import command

    with server.empty_database() as address:
        with open_archive(address) as archive:
            archive.add_all([COUNCIL, MARKET, full()], extractor_version="1")
            before = dump(archive)
        command.downgrade(alembic(address), older)  # type: ignore[arg-type]
        with pytest.raises(SchemaError, match="quotes db upgrade"):
            open_archive(address)
        assert upgrade(address) == (older, sqlite.HEAD)
        with open_archive(address) as archive:
            after = dump(archive)
            for name in (
                "speakers",
                "speaker_aliases",
                "roles",
                "not_quotes",
                "quote_terms",
                "quote_sketches",
            ):
                assert after[name] == before[name]
            assert len(after["articles"]) == 3
            assert archive.check() == []
            assert archive.search("déclaration").matches == 2
        command.downgrade(alembic(address), "base")  # type: ignore[arg-type]
        with create_engine(address).connect() as connection:
            left = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            assert [name for (name,) in left] == ["alembic_version"]


def test_an_empty_database_becomes_an_archive_or_is_refused(server: Server) -> None:
    with server.empty_database() as address:
        with pytest.raises(ArchiveError, match="is empty: add an article first"):
            open_archive(address, create=False)
        with open_archive(address) as archive:
            assert archive.counts()["articles"] == 0
        assert upgrade(address) == (sqlite.HEAD, sqlite.HEAD)


def test_somebody_elses_database_is_refused(server: Server) -> None:
    with server.empty_database() as address:
        with create_engine(address).begin() as connection:
            connection.execute(text("CREATE TABLE recettes (nom text)"))
        with pytest.raises(ArchiveError, match="not a quotes archive"):
            open_archive(address)


def test_archives_live_in_schemas_beside_one_another(server: Server) -> None:
    with server.empty_database() as address:
        with create_engine(address).begin() as connection:
            connection.execute(text("CREATE TABLE recettes (nom text)"))
            connection.execute(text("CREATE SCHEMA paroles"))
        with open_archive(f"{address}&options=-csearch_path%3Dparoles") as archive:
            archive.add(COUNCIL, extractor_version="1")
            assert archive.search("déclaration").matches == 1


def test_a_newer_schema_is_refused(address: str) -> None:
    with create_engine(address).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        for opening in (open_archive, upgrade):
            with pytest.raises(SchemaError, match="newer version of quotes"):
                opening(address)
    finally:
        with create_engine(address).begin() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{sqlite.HEAD}'"))


def refused(address: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        open_archive(address, timeout=1)
    said = str(caught.value)
    assert "\n" not in said
    assert "secret" not in said
    assert PASSWORD not in said
    assert in_address(PASSWORD, safe="") not in said
    return said


def test_what_keeps_a_database_from_being_opened_is_said_without_the_password(server: Server) -> None:
    socket = f"host={server.folder}"
    password = in_address(PASSWORD, safe="")
    assert "createdb nulle_part" in refused(f"postgresql+psycopg://postgres@/nulle_part?{socket}")
    assert "check the user and the password" in refused(f"postgresql://{READER}:secret@/archive?{socket}")
    assert "check the user and the password" in refused(f"postgresql://personne:secret@/archive?{socket}")
    assert "can't be reached" in refused("postgresql+psycopg://ida:secret@127.0.0.1:1/archive")
    assert "can't be reached" in refused(
        f"postgresql+psycopg://ida:secret@/archive?host={server.folder}/rien"
    )
    assert "postgresql+psycopg://USER@HOST/NAME" in refused(
        "postgresql+psycopg://ida:secret@hôte:port/archive"
    )
    assert "can't be kept in mysql" in refused("mysql://ida:secret@hote/archive")
    # She may come in, and do nothing there.
    assert "ask its administrator" in refused(f"postgres://{READER}:{password}@/archive?{socket}")


def test_a_name_has_no_password(address: str) -> None:
    with open_archive(address.replace("postgres@", "postgres:secret@") + "&sslpassword=secret") as archive:
        assert archive.name == "postgresql://postgres@/archive"


def test_without_psycopg_it_is_said_how_to_get_it() -> None:
    program = """
import sys
sys.modules["psycopg"] = None
from quotes.archive import open_archive
open_archive("postgresql+psycopg://ida@hote/archive")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "pip install 'quotes[postgres]'" in done.stderr.splitlines()[-1]


def test_a_readonly_archive_is_not_written(address: str) -> None:
    with open_archive(address, readonly=True) as archive:
        with pytest.raises(ArchiveError, match="can't be written to"):
            archive.add(COUNCIL, extractor_version="1")
        assert archive.counts()["articles"] == 0


def test_a_broken_connection_is_said(server: Server, address: str) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = 'archive' AND pid != pg_backend_pid()"
    )
    with open_archive(address) as archive:
        with pytest.raises(ArchiveError, match="was shut down"), archive.writing() as connection:  # noqa: PT012
            server.execute(end)
            connection.execute(text("SELECT 1"))
        assert archive.counts()["articles"] == 0


def test_long_words_and_long_quotes_are_found(archive: Archive) -> None:
    """PostgreSQL has limits for lexemes, places and whole vectors."""
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = " ".join("".join(chance.choices(letters, k=12)) for _ in range(45_000))
    cases = ["x" * 5_000 + " longueur", "vraiment " * 17_000 + "singulier ici", f"commencement {many}"]
    for number, words in enumerate(cases):
        archive.add(extraction(f"{number} « {words} »", (words, JEANNE)), extractor_version="1")
    assert archive.search("longueur").matches == 1
    assert archive.search("x" * 1_990).matches in (0, 1)
    assert archive.search("singulier vraiment").matches == 1
    assert archive.search('"vraiment vraiment"').matches == 1
    assert archive.search("commencement").matches == 1


def test_damage_is_found(address: str) -> None:
    with open_archive(address) as archive:
        archive.add(COUNCIL, extractor_version="1")
        with archive.writing() as connection:
            connection.execute(text("DELETE FROM quote_terms WHERE quote_id = 1"))
            connection.execute(text('UPDATE quotes SET "end" = 9999 WHERE id = 2'))
        found = " ".join(archive.check())
    assert "quote 1: it can't be found by its words" in found
    assert "quote 2: it ends beyond" in found
