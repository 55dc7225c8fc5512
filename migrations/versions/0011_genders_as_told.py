"""Genders as told by each quote

What an archive knew until now is taken as told by all quotes of that speaker; extracting an article again
makes it exact.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("quotes", sa.Column("told_gender", sa.String(), nullable=True))
    op.execute("UPDATE quotes SET told_gender = gender WHERE gender IS NOT NULL")


def downgrade() -> None:
    op.drop_column("quotes", "told_gender")
