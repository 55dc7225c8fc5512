"""Quotes that say the same

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotes.archive.wordings.linking import link_everything

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quote_sketches",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "quote_id", name=op.f("pk_quote_sketches")),
        sqlite_with_rowid=False,
    )
    # ADD COLUMN, not batch mode: rebuilding the table would lose rows that hang on it.
    op.add_column("quotes", sa.Column("utterance_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_quotes_utterance_id"), "quotes", ["utterance_id"], unique=False)
    link_everything(op.get_bind())


def downgrade() -> None:
    op.drop_index(op.f("ix_quotes_utterance_id"), table_name="quotes")
    op.drop_column("quotes", "utterance_id")
    op.drop_table("quote_sketches")
