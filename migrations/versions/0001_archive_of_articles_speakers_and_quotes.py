"""Archive of articles, speakers and quotes

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# The terms of a quote as PostgreSQL indexes them: stems marked by "~", all with their places. It is not
# to_tsvector('simple', …), whose parser would take apart what the program's analyser kept together.
# PostgreSQL counts places up to 16,383 and takes a megabyte of different terms: of more, the first.
QUOTE_DOCUMENT = """
CREATE FUNCTION quote_document(exact text, stems text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  most integer := cardinality(string_to_array(exact, ' '));
BEGIN
  LOOP
    BEGIN
      RETURN coalesce((
        SELECT string_agg(concat('''', mark, left(term, 500), ''':', place), ' ')::tsvector
        FROM (
          SELECT '' AS mark, term, place
            FROM unnest(string_to_array(exact, ' ')) WITH ORDINALITY AS of_exact(term, place)
          UNION ALL
          SELECT '~', term, place
            FROM unnest(string_to_array(stems, ' ')) WITH ORDINALITY AS of_stems(term, place)
        ) AS terms WHERE place <= most), '');
    EXCEPTION WHEN program_limit_exceeded THEN
      most := most / 2;
    END;
  END LOOP;
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("extractor_version", sa.String(), nullable=False),
        sa.Column("added_at", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_articles_content_hash")),
    )
    op.create_index(op.f("ix_articles_outlet"), "articles", ["outlet"], unique=False)
    op.create_index(op.f("ix_articles_published"), "articles", ["published"], unique=False)

    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("text", name=op.f("uq_roles_text")),
    )
    op.create_table(
        "not_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint('0 <= start AND start <= "end"', name=op.f("ck_not_quotes_span")),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_not_quotes_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_quotes")),
    )
    op.create_index(op.f("ix_not_quotes_article_id"), "not_quotes", ["article_id"], unique=False)

    op.create_table(
        "speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("gender", sa.String(), nullable=True),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("kept_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_speakers_article_id_articles"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_speakers_article_id"), "speakers", ["article_id"], unique=False)

    op.create_table(
        "speaker_aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_speaker_aliases_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speakers.id"],
            name=op.f("fk_speaker_aliases_speaker_id_speakers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_aliases")),
        sa.UniqueConstraint(
            "folded", "type", "article_id", name=op.f("uq_speaker_aliases_folded_type_article_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_speaker_aliases_article_id"), "speaker_aliases", ["article_id"], unique=False)
    op.create_index(op.f("ix_speaker_aliases_speaker_id"), "speaker_aliases", ["speaker_id"], unique=False)
    op.create_index(
        "uq_speaker_aliases_everywhere",
        "speaker_aliases",
        ["folded", "type"],
        unique=True,
        sqlite_where=sa.text("article_id IS NULL"),
        postgresql_where=sa.text("article_id IS NULL"),
    )

    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("display", sa.Boolean(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("alias_id", sa.Integer(), nullable=True),
        sa.Column("mention_start", sa.Integer(), nullable=True),
        sa.Column("mention_end", sa.Integer(), nullable=True),
        sa.Column("mention_text", sa.String(), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("cue_text", sa.String(), nullable=True),
        sa.Column("cue_lemma", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("incises", sa.JSON(), nullable=False),
        sa.Column("outlet", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=False),
        sa.Column("speaker_type", sa.String(), nullable=True),
        sa.Column("gender", sa.String(), nullable=True),
        sa.CheckConstraint("0 <= confidence AND confidence <= 1", name=op.f("ck_quotes_confidence")),
        sa.CheckConstraint('0 <= start AND start <= "end"', name=op.f("ck_quotes_span")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_quotes_article_id_articles"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["alias_id"], ["speaker_aliases.id"], name=op.f("fk_quotes_alias_id_speaker_aliases")
        ),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_quotes_role_id_roles")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_quotes_speaker_id_speakers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("article_id", "start", "end", name=op.f("uq_quotes_article_id_start_end")),
    )
    op.create_index(
        "ix_quotes_counted",
        "quotes",
        ["published", "outlet", "speaker_type", "gender", "words"],
        unique=False,
    )
    op.create_index(op.f("ix_quotes_published"), "quotes", ["published"], unique=False)
    op.create_index(op.f("ix_quotes_alias_id"), "quotes", ["alias_id"], unique=False)
    op.create_index(op.f("ix_quotes_role_id"), "quotes", ["role_id"], unique=False)
    op.create_index("ix_quotes_speaker_id_published", "quotes", ["speaker_id", "published"], unique=False)

    op.create_table(
        "quote_terms",
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(), nullable=False),
        sa.Column("stems", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name=op.f("fk_quote_terms_quote_id_quotes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("quote_id", name=op.f("pk_quote_terms")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(QUOTE_DOCUMENT)
        op.execute(
            "ALTER TABLE quote_terms ADD COLUMN document tsvector NOT NULL"
            " GENERATED ALWAYS AS (quote_document(exact, stems)) STORED"
        )
        op.execute("CREATE INDEX quote_fts ON quote_terms USING gin (document)")
        return
    # Full text over the terms that the program analysed. No triggers: whoever writes to quote_terms
    # writes here in the same transaction, many rows at once (triggers make that nine times slower).
    op.execute(
        "CREATE VIRTUAL TABLE quote_fts USING fts5(exact, stems, content='quote_terms',"
        " content_rowid='quote_id', tokenize='unicode61 remove_diacritics 0')"
    )


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    if not postgresql:
        op.execute("DROP TABLE quote_fts")
    op.drop_table("quote_terms")
    if postgresql:
        op.execute("DROP FUNCTION quote_document")
    op.drop_index("ix_quotes_speaker_id_published", table_name="quotes")
    op.drop_index(op.f("ix_quotes_alias_id"), table_name="quotes")
    op.drop_index(op.f("ix_quotes_role_id"), table_name="quotes")
    op.drop_index(op.f("ix_quotes_published"), table_name="quotes")
    op.drop_index("ix_quotes_counted", table_name="quotes")

    op.drop_table("quotes")
    op.drop_index(
        "uq_speaker_aliases_everywhere",
        table_name="speaker_aliases",
        sqlite_where=sa.text("article_id IS NULL"),
        postgresql_where=sa.text("article_id IS NULL"),
    )
    op.drop_index(op.f("ix_speaker_aliases_speaker_id"), table_name="speaker_aliases")
    op.drop_index(op.f("ix_speaker_aliases_article_id"), table_name="speaker_aliases")

    op.drop_table("speaker_aliases")
    op.drop_index(op.f("ix_speakers_article_id"), table_name="speakers")

    op.drop_table("speakers")
    op.drop_index(op.f("ix_not_quotes_article_id"), table_name="not_quotes")

    op.drop_table("not_quotes")
    op.drop_table("roles")
    op.drop_index(op.f("ix_articles_published"), table_name="articles")
    op.drop_index(op.f("ix_articles_outlet"), table_name="articles")

    op.drop_table("articles")
