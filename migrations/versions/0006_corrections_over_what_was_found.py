"""Corrections over what was found

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotes.archive.corrections.corrections import find_again

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("stated", sa.JSON(), nullable=True))
    op.create_table(
        "found_extractions",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.Column("not_quotes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_found_extractions_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_found_extractions")),
    )
    find_again(op.get_bind())


def downgrade() -> None:
    op.drop_table("found_extractions")
    op.drop_column("articles", "stated")
