"""Alembic's environment: on the connection that the program gives, or on the URL of alembic.ini."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, bindparam, create_engine, text

from quotes.archive.store.schema import Base

# Made by the migrations alone: full text, and words of names, which triggers keep.
_OF_MIGRATIONS = ("quote_fts", "name_words", "ix_name_words")


def is_ours(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave full text (SQLite: a table with shadow tables) to the migrations that made it."""
    if kind == "column":
        return (obj.table.name, name) != ("quote_terms", "document")
    return not (kind in ("table", "index") and name is not None and name.startswith(_OF_MIGRATIONS))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        include_object=is_ours,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "postgresql":
            compare_by_code_points(connection)


def compare_by_code_points(connection: Connection) -> None:
    """Order text as SQLite does, whatever the language of the server; new columns need it each time."""
    columns = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND data_type = 'character varying'"
            " AND collation_name IS DISTINCT FROM 'C' AND table_name IN :ours"
        ).bindparams(bindparam("ours", expanding=True)),
        # A generated column holds on to the terms, and nothing is in their order.
        {"ours": list(Base.metadata.tables.keys() - {"quote_terms"})},
    )
    by_table: dict[str, list[str]] = {}
    for table, column in columns:
        by_table.setdefault(table, []).append(f'ALTER COLUMN "{column}" TYPE varchar COLLATE "C"')
    for table, changes in by_table.items():
        connection.execute(text(f'ALTER TABLE "{table}" {", ".join(changes)}'))


def bring_to_head(connection: Connection) -> None:
    """Make the newest schema on an empty connection, so that `alembic check` has one to compare."""
    script = ScriptDirectory.from_config(context.config)
    migration = MigrationContext.configure(
        connection, opts={"fn": lambda revision, _: script._upgrade_revs("head", revision)}
    )
    with Operations.context(migration):
        migration.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    place = context.get_x_argument(as_dictionary=True).get("db")
    url = context.config.get_main_option("sqlalchemy.url") or "sqlite://"
    if place:
        url = place if "://" in place else f"sqlite:///{place}"
    with create_engine(url).connect() as opened:
        if url == "sqlite://":
            bring_to_head(opened)
        run(opened)
        opened.commit()
