"""Words of names, and all that a speaker's page counts in one index

Triggers keep the words: names come rarely, and from several places.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# A folded name holds letters, digits and spaces only, so that it can be written as a list in JSON.
_SQLITE = (
    "CREATE TABLE name_words (word VARCHAR NOT NULL, alias_id INTEGER NOT NULL"
    " REFERENCES speaker_aliases (id) ON DELETE CASCADE, PRIMARY KEY (word, alias_id)) WITHOUT ROWID",
    "CREATE INDEX ix_name_words_alias_id ON name_words (alias_id)",
    """CREATE TRIGGER name_words_added AFTER INSERT ON speaker_aliases BEGIN
 INSERT OR IGNORE INTO name_words (word, alias_id) SELECT value, new.id
 FROM json_each('["' || replace(new.folded, ' ', '","') || '"]') WHERE value != ''; END""",
    """CREATE TRIGGER name_words_changed AFTER UPDATE OF folded ON speaker_aliases BEGIN
 DELETE FROM name_words WHERE alias_id = new.id;
 INSERT OR IGNORE INTO name_words (word, alias_id) SELECT value, new.id
 FROM json_each('["' || replace(new.folded, ' ', '","') || '"]') WHERE value != ''; END""",
)
_POSTGRESQL = (
    'CREATE TABLE name_words (word VARCHAR COLLATE "C" NOT NULL, alias_id INTEGER NOT NULL'
    " REFERENCES speaker_aliases (id) ON DELETE CASCADE, PRIMARY KEY (word, alias_id))",
    "CREATE INDEX ix_name_words_alias_id ON name_words (alias_id)",
    """CREATE FUNCTION keep_name_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 DELETE FROM name_words WHERE alias_id = NEW.id;
 INSERT INTO name_words (word, alias_id) SELECT DISTINCT word, NEW.id
 FROM unnest(string_to_array(NEW.folded, ' ')) AS words(word) WHERE word != '';
 RETURN NULL; END $$""",
    "CREATE TRIGGER name_words_kept AFTER INSERT OR UPDATE ON speaker_aliases"
    " FOR EACH ROW EXECUTE FUNCTION keep_name_words()",
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)
    op.execute("UPDATE speaker_aliases SET folded = folded")
    op.drop_index("ix_quotes_said", table_name="quotes")
    op.create_index(
        "ix_quotes_said",
        "quotes",
        ["speaker_id", "published", "words", "outlet", "role_id", "article_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_quotes_said", table_name="quotes")
    op.create_index("ix_quotes_said", "quotes", ["speaker_id", "published", "words"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER name_words_kept ON speaker_aliases")
        op.execute("DROP FUNCTION keep_name_words")
    else:
        op.execute("DROP TRIGGER name_words_added")
        op.execute("DROP TRIGGER name_words_changed")
    op.execute("DROP TABLE name_words")
