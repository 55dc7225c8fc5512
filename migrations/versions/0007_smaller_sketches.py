"""Smaller sketches

Sketches are made by a quicker function, and a hash that many quotes share keeps only the first of them.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import hashlib
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

from quotes.archive.wordings.linking import sketch_everything

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sketch_everything(op.get_bind())


def downgrade() -> None:
    bind = op.get_bind()
    bind.execute(sa.text("DELETE FROM quote_sketches"))
    last = bind.execute(sa.text("SELECT max(quote_id) FROM quote_terms")).scalar() or 0
    for after in range(0, last, 1_000):
        rows = bind.execute(
            sa.text("SELECT quote_id, stems FROM quote_terms WHERE quote_id > :after AND quote_id <= :last"),
            {"after": after, "last": after + 1_000},
        )
        sketches = [
            {"hash": value, "quote_id": quote_id}
            for quote_id, stems in rows
            for value in older_sketch(stems.split())
        ]
        if sketches:
            bind.execute(
                sa.text("INSERT INTO quote_sketches(hash, quote_id) VALUES (:hash, :quote_id)"), sketches
            )


def older_sketch(stems: list[str]) -> list[int]:
    if len(stems) < 5:
        return []
    content = [stem for stem in stems if len(stem) >= 4]
    pairs = {f"{one} {other}" for one, other in pairwise(content)}
    hashes = (hashlib.blake2b(pair.encode(), digest_size=8).digest() for pair in pairs)
    return sorted(int.from_bytes(digest, "big", signed=True) for digest in hashes)[:6]
