"""Articles that resemble one another: found by the runs of words that their bodies share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import Connection, bindparam, delete, or_, text

from quotes.archive.articles.bodies import Body, body_of, containment, resemblance, runs_of
from quotes.archive.speakers.names import fold_name
from quotes.archive.store.schema import ArticleSketchRecord, BodyRecord, LikenessRecord, table_of
from quotes.archive.store.writing_rows import insert_rows
from quotes.archive.versions.forms import zones_of
from quotes.model import Article

NEAR = 0.8
"""From this share of common runs of words on, two articles are near-identical."""
# At the same address, half of the shorter text is enough: a report that grows all day.
_SAME_ADDRESS = 0.5

_SKETCH = 16
# Of the articles that share a number, the newest ones: more share a phrase that every page has.
_SHARING = 100
_CANDIDATES = 20
# Near-duplicates share some 14 of 16 numbers; below this it isn't worth reading the text.
FEWEST_SHARED = 11
"""Candidates share so many numbers of their sketches, unless they have the same address."""

_BODIES = table_of(BodyRecord)
_SKETCHES = table_of(ArticleSketchRecord)
_LIKENESSES = table_of(LikenessRecord)
_SHARED = text(
    " UNION ALL ".join(
        f"SELECT article_id FROM (SELECT article_id FROM article_sketches WHERE hash = :hash{n}"
        f" ORDER BY article_id DESC LIMIT {_SHARING}) AS shared{n}"
        for n in range(_SKETCH)
    )
)
_ADDRESSES = text("SELECT id, url FROM articles WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_READ = text("SELECT id, url, outlet, title, text, zones FROM articles WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
# What of an address only tells from where a reader came.
_VISITS = ("utm_", "at_", "xtor", "fbclid", "gclid", "mc_")


@dataclass(frozen=True, slots=True)
class Near:
    """An article that resembles one that comes in."""

    article_id: int
    url: str | None
    outlet: str | None
    title: str | None
    resemblance: float
    containment: float

    def is_version_of(self, article: Article) -> bool:
        """Tell whether it is the same article, changed: by its address, its outlet, or else its title."""
        if self.url and article.url:
            return address(self.url) == address(article.url) and self.containment >= _SAME_ADDRESS
        if self.resemblance < NEAR:
            return False
        if self.outlet and article.outlet:
            return fold_name(self.outlet) == fold_name(article.outlet)
        return bool(self.title and article.title) and fold_name(self.title or "") == fold_name(
            article.title or ""
        )


def address(url: str) -> str:
    """Give what of an address names the page: without scheme, "www.", fragment, and what only counts visits.

    >>> address("https://www.gazette.example/a/12?utm_source=lettre#haut")
    'gazette.example/a/12'
    """
    try:
        parts = urlsplit(url.strip())
        kept = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith(_VISITS)]
    except ValueError:
        return url
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def near_to(
    connection: Connection, article: Article, body: Body, url: str | None, besides: int | None = None
) -> list[Near]:
    """Give the articles that resemble one with this body, the likest first."""
    numbers = dict(enumerate(body.sketch))
    if not numbers:
        return []
    shared = Counter(
        connection.execute(_SHARED, {f"hash{n}": numbers.get(n) for n in range(_SKETCH)}).scalars()
    )
    del shared[besides]
    likely = sorted(shared, key=lambda one: (-shared[one], one))[:_CANDIDATES]
    at_address: set[int] = set()
    if url is not None and likely:
        rows = connection.execute(_ADDRESSES, {"ids": likely})
        at_address = {row.id for row in rows if row.url and address(row.url) == address(url)}
    likely = [one for one in likely if shared[one] >= FEWEST_SHARED or one in at_address]
    if not likely:
        return []
    found: list[Near] = []
    ours = runs_of(article.text, article.zones)
    for row in connection.execute(_READ, {"ids": likely}):
        theirs = runs_of(row.text, zones_of(row.zones))
        one = Near(
            row.id, row.url, row.outlet, row.title, resemblance(ours, theirs), containment(ours, theirs)
        )
        if one.resemblance >= NEAR or one.article_id in at_address:
            found.append(one)
    return sorted(found, key=lambda one: (-one.resemblance, one.article_id))


def remember(connection: Connection, articles: Iterable[tuple[int, Body, list[Near]]]) -> None:
    """Let articles be found by their bodies, and link them to those like them."""
    bodies: list[tuple[int, str]] = []
    sketches: list[tuple[int, int]] = []
    likenesses: list[tuple[int, int, float]] = []
    for article_id, body, near in articles:
        bodies.append((article_id, body.hash))
        sketches += [(number, article_id) for number in body.sketch]
        likenesses += [
            (min(article_id, one.article_id), max(article_id, one.article_id), round(one.resemblance, 4))
            for one in near
            if one.resemblance >= NEAR
        ]
    insert_rows(connection, "article_bodies", ("article_id", "body_hash"), bodies)
    # In the order of the index, which is many times larger than what the writer keeps in memory.
    insert_rows(connection, "article_sketches", ("hash", "article_id"), sorted(sketches))
    insert_rows(connection, "article_likenesses", ("article_id", "other_id", "likeness"), likenesses)


def forget(connection: Connection, article_id: int) -> None:
    """Let an article be found by its body no more, nor be linked: it is about to have another one."""
    connection.execute(delete(_BODIES).where(_BODIES.c.article_id == article_id))
    connection.execute(delete(_SKETCHES).where(_SKETCHES.c.article_id == article_id))
    connection.execute(
        delete(_LIKENESSES).where(
            or_(_LIKENESSES.c.article_id == article_id, _LIKENESSES.c.other_id == article_id)
        )
    )


def remember_everything(connection: Connection) -> None:
    """Let the articles of an archive that didn't know it be found by their bodies, and link them."""
    for article_id in connection.execute(text("SELECT id FROM articles ORDER BY id")).scalars().all():
        row = connection.execute(_READ, {"ids": [article_id]}).one()
        article = Article(row.text, zones=tuple(zones_of(row.zones)))
        body = body_of(article)
        remember(connection, [(article_id, body, near_to(connection, article, body, None))])
