"""What people mend in what is known of an article: laid over what its source states, as corrections are.

The article's row has the result; ``articles.stated`` keeps what the source said, as long as an edit holds,
and which of it came from another form of the article (``ORIGINS``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, null, select, text, update

from quotes.archive.store import journal
from quotes.archive.store.schema import ArticleRecord, table_of
from quotes.archive.values import ArticleChange
from quotes.errors import ArchiveError
from quotes.messages import ENGLISH, OF_VALUES, _, in_context, speaking

EDIT = "edit"
"""The action of an edit in the journal."""
COLUMNS = ("title", "authors", "translators", "outlet", "published", "section", "url")
"""What can be edited of an article."""
ORIGINS = "origins"
"""Under this name ``stated`` keeps where a field came from that is not of the form shown (by column)."""

_ARTICLES = table_of(ArticleRecord)
# An unknown date is the empty string beside a quote.
_REPEAT = text(
    "UPDATE quotes SET (outlet, published) = (SELECT outlet, coalesce(published, '') FROM articles"
    " WHERE id = :article_id) WHERE article_id = :article_id"
)


def edit(connection: Connection, article_id: int, changes: ArticleChange, who: str) -> int:
    """Mend what is known of an article, and the copies of outlet and date beside its quotes.

    Give the journal's number.
    """
    row = connection.execute(select(_ARTICLES).where(_ARTICLES.c.id == article_id)).first()
    if row is None:
        raise ArchiveError(f"there is no article {article_id}: `quotes articles` lists them")
    known = {name: row._mapping[name] for name in COLUMNS}
    values: dict[str, Any] = {}
    for name in COLUMNS:
        given = getattr(changes, name)
        if given is not None:
            values[name] = list(given) if isinstance(given, tuple) else given or None
    if not values:
        raise ArchiveError(f"nothing was said to be changed in article {article_id}")
    _write(connection, article_id, known | values, known | (row.stated or {}))
    with speaking(ENGLISH):
        summary = mended(article_id, values)
    return journal.record(
        connection,
        who=who,
        action=EDIT,
        summary=summary,
        before={"articles": {str(article_id): {name: known[name] for name in values}}},
        after={"articles": {str(article_id): values}},
    )


def lay_over(connection: Connection, article_id: int, stated: Mapping[str, Any] | None = None) -> None:
    """Put the edits that hold over what is stated of an article: the same as before, or this."""
    kept = select(_ARTICLES.c.stated).where(_ARTICLES.c.id == article_id)
    stated = stated or connection.execute(kept).scalar_one_or_none()
    if stated is None or stated.keys() <= {ORIGINS}:
        return
    edits = [
        entry.after["articles"][str(article_id)]
        for entry in journal.live(connection)
        if entry.action == EDIT and str(article_id) in entry.after["articles"]
    ]
    values = dict(stated)
    for one in edits:
        values |= one
    origins = {ORIGINS: stated[ORIGINS]} if stated.get(ORIGINS) else None
    _write(connection, article_id, values, stated if edits else origins)


def state(
    connection: Connection, article_id: int, known: Mapping[str, Any], origins: Mapping[str, str]
) -> None:
    """Put what its forms state in the place of what was known of an article; edits stay laid over it."""
    stated = {**known, ORIGINS: dict(origins)}
    kept = select(_ARTICLES.c.stated).where(_ARTICLES.c.id == article_id)
    before = connection.execute(kept).scalar_one_or_none()
    if before is None or before.keys() <= {ORIGINS}:
        _write(connection, article_id, known, {ORIGINS: dict(origins)} if origins else None)
    else:
        lay_over(connection, article_id, stated)


def _write(
    connection: Connection, article_id: int, values: Mapping[str, Any], stated: Mapping[str, Any] | None
) -> None:
    connection.execute(
        update(_ARTICLES)
        .where(_ARTICLES.c.id == article_id)
        .values(
            {**{name: values[name] for name in COLUMNS}, "stated": null() if stated is None else dict(stated)}
        )
    )
    connection.execute(_REPEAT, {"article_id": article_id})


def mended(article_id: int, values: Mapping[str, Any]) -> str:
    """Say in the language spoken what is known of an article now; values by column."""
    listed = {name: ", ".join(value) if isinstance(value, list) else value for name, value in values.items()}
    none = in_context("field", "unknown")
    said = (f"{in_context(OF_VALUES, name)} {value or none}" for name, value in listed.items())
    return _("article {number}: {said}").format(number=article_id, said=", ".join(said))
