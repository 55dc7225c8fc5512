"""Indexes that hold what is counted

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_quotes_speaker_id_published", table_name="quotes")
    op.create_index("ix_quotes_said", "quotes", ["speaker_id", "published", "words"], unique=False)
    op.drop_index("ix_quotes_counted", table_name="quotes")
    op.create_index(
        "ix_quotes_counted",
        "quotes",
        ["published", "outlet", "speaker_type", "gender", "words", "article_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_quotes_counted", table_name="quotes")
    op.create_index(
        "ix_quotes_counted",
        "quotes",
        ["published", "outlet", "speaker_type", "gender", "words"],
        unique=False,
    )
    op.drop_index("ix_quotes_said", table_name="quotes")
    op.create_index("ix_quotes_speaker_id_published", "quotes", ["speaker_id", "published"], unique=False)
