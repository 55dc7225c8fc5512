"""Alembic's environment: on the connection that the program gives, or on the URL of alembic.ini."""

from __future__ import annotations

from typing import Any

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from quotes.archive.schema import Base


def is_ours(obj: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Leave the full-text table and its shadow tables to the migrations that made them."""
    return not (kind == "table" and name is not None and name.startswith("quote_fts"))


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
    path = context.get_x_argument(as_dictionary=True).get("db")
    url = f"sqlite:///{path}" if path else context.config.get_main_option("sqlalchemy.url") or "sqlite://"
    with create_engine(url).connect() as opened:
        if url == "sqlite://":
            bring_to_head(opened)
        run(opened)
        opened.commit()
