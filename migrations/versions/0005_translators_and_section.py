"""Translators and section

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("articles", sa.Column("translators", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("articles", sa.Column("section", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("articles", "section")
    op.drop_column("articles", "translators")
