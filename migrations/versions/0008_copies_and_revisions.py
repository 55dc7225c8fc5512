"""Copies and revisions of articles

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from quotes.archive.versions.resembling import remember_everything

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _article(table: str, column: str = "article_id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_articles")
    return sa.ForeignKeyConstraint([column], ["articles.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "article_bodies",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        _article("article_bodies"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_bodies")),
    )
    op.create_index(op.f("ix_article_bodies_body_hash"), "article_bodies", ["body_hash"], unique=False)
    op.create_table(
        "article_sketches",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_article_sketches")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_sketches_article_id"), "article_sketches", ["article_id"], unique=False)
    op.create_table(
        "article_likenesses",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        _article("article_likenesses"),
        _article("article_likenesses", "other_id"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_article_likenesses")),
    )
    op.create_index(op.f("ix_article_likenesses_other_id"), "article_likenesses", ["other_id"], unique=False)
    op.create_table(
        "article_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("added_at", sa.String(), nullable=False),
        _article("article_copies"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_copies")),
    )
    op.create_index(op.f("ix_article_copies_article_id"), "article_copies", ["article_id"], unique=False)
    op.create_index(op.f("ix_article_copies_content_hash"), "article_copies", ["content_hash"], unique=False)
    op.create_table(
        "article_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("translators", sa.JSON(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("section", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        _article("article_revisions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revisions")),
    )
    for column in ("article_id", "content_hash", "body_hash"):
        name = op.f(f"ix_article_revisions_{column}")
        op.create_index(name, "article_revisions", [column], unique=False)
    remember_everything(op.get_bind())


def downgrade() -> None:
    for table in (
        "article_revisions",
        "article_copies",
        "article_likenesses",
        "article_sketches",
        "article_bodies",
    ):
        op.drop_table(table)
