"""The tables of an archive, as typed declarative models.

The full-text table ``quote_fts`` (FTS5 over ``quote_terms``, external content) is made by the
migrations alone, and so is ``name_words`` (the words of each row of ``speaker_aliases``, kept by triggers):
SQLAlchemy knows nothing of them. Dates are ISO 8601 text, offsets are code points of
``articles.text``, half-open.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: the naming convention and the JSON columns."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {list[Any]: JSON, dict[str, Any]: JSON}


class ArticleRecord(Base):
    """An article as stored; ``content_hash`` is the SHA-256 of its text, line ends normalised.

    ``stated`` is what its forms say of it, by column, as long as somebody has it edited; and under *origins*,
    by column, from which other form a field came that is not this one's own.
    """

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    authors: Mapped[list[Any]]
    outlet: Mapped[str | None] = mapped_column(index=True)
    published: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None]
    source: Mapped[str | None]
    zones: Mapped[list[Any]]
    extractor_version: Mapped[str]
    added_at: Mapped[str]
    # After what lists ask for: reading a title must not read through the pages of the text.
    text: Mapped[str]
    translators: Mapped[list[Any]] = mapped_column(server_default="[]")
    section: Mapped[str | None]
    stated: Mapped[dict[str, Any] | None]


class BodyRecord(Base):
    """The hash of an article's body (see ``bodies``), by which it is known in another crawl."""

    __tablename__ = "article_bodies"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    body_hash: Mapped[str] = mapped_column(index=True)


class ArticleSketchRecord(Base):
    """Numbers that near-duplicate articles share (see ``bodies``)."""

    __tablename__ = "article_sketches"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(primary_key=True, index=True)


class LikenessRecord(Base):
    """Two articles that are near-identical: an agency's text in two papers. ``article_id`` is the lower."""

    __tablename__ = "article_likenesses"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )
    likeness: Mapped[float]


class CopyRecord(Base):
    """The same body in another file, encoding or crawl: where else an article was found."""

    __tablename__ = "article_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    content_hash: Mapped[str] = mapped_column(index=True)
    title: Mapped[str | None]
    outlet: Mapped[str | None]
    published: Mapped[str | None]
    url: Mapped[str | None]
    source: Mapped[str | None]
    added_at: Mapped[str]


class RevisionRecord(Base):
    """An earlier version of an article, whole; the article's own row has the newest one."""

    __tablename__ = "article_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    content_hash: Mapped[str] = mapped_column(index=True)
    body_hash: Mapped[str] = mapped_column(index=True)
    title: Mapped[str | None]
    authors: Mapped[list[Any]]
    translators: Mapped[list[Any]]
    outlet: Mapped[str | None]
    published: Mapped[str | None]
    section: Mapped[str | None]
    url: Mapped[str | None]
    source: Mapped[str | None]
    zones: Mapped[list[Any]]
    added_at: Mapped[str]
    text: Mapped[str]


class SpeakerRecord(Base):
    """Somebody who speaks. ``article_id`` is set when the name says who it is in that article only.

    ``kept_from`` is the speaker of the same name from whom a person parted this one. Ids are not used
    again, so that a merge can be undone after others were added.
    """

    __tablename__ = "speakers"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    gender: Mapped[str | None]
    incomplete: Mapped[bool] = mapped_column(default=False)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    kept_from: Mapped[int | None]


class AliasRecord(Base):
    """A name that leads to a speaker: everywhere, or (with ``article_id``) in one article.

    ``type`` is that of the speaker as extracted under this name. A speaker's own name is among them.
    """

    __tablename__ = "speaker_aliases"
    __table_args__ = (
        UniqueConstraint("folded", "type", "article_id"),
        # NULLs differ from one another in a unique constraint: names that hold everywhere need their own.
        Index(
            "uq_speaker_aliases_everywhere",
            "folded",
            "type",
            unique=True,
            sqlite_where=text("article_id IS NULL"),
            postgresql_where=text("article_id IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    folded: Mapped[str]
    type: Mapped[str]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class RoleRecord(Base):
    """The wording of a role; ``folded`` is what searches compare."""

    __tablename__ = "roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(unique=True)
    folded: Mapped[str]


class QuoteRecord(Base):
    """A quote with its speaker as printed (``mention_*``) and as resolved (``speaker_id``).

    ``alias_id`` is the name under which the extraction has the speaker: when the name is found to be
    another speaker's, the quotes follow it.

    ``outlet``, ``published``, ``speaker_type`` and ``gender`` repeat those of the article and the
    speaker: counting a million quotes through joins takes too long. Whoever changes them there
    changes them here, in the same transaction. An unknown date is the empty string here, so that
    pages by date can go on from (``published``, ``id``). Quotes that say the same have the same
    ``utterance_id``. ``told_gender`` is what was told with this quote, of which that of the speaker is made.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        UniqueConstraint("article_id", "start", "end"),
        CheckConstraint('0 <= start AND start <= "end"', name="span"),
        CheckConstraint("0 <= confidence AND confidence <= 1", name="confidence"),
        # Counting reads these two indexes alone.
        Index("ix_quotes_said", "speaker_id", "published", "words", "outlet", "role_id", "article_id"),
        Index("ix_quotes_counted", "published", "outlet", "speaker_type", "gender", "words", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    words: Mapped[int]
    kind: Mapped[str]
    display: Mapped[bool]
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))
    alias_id: Mapped[int | None] = mapped_column(ForeignKey("speaker_aliases.id"), index=True)
    mention_start: Mapped[int | None]
    mention_end: Mapped[int | None]
    mention_text: Mapped[str | None]
    role_id: Mapped[int | None] = mapped_column(ForeignKey("roles.id"), index=True)
    cue_start: Mapped[int | None]
    cue_end: Mapped[int | None]
    cue_text: Mapped[str | None]
    cue_lemma: Mapped[str | None]
    rule: Mapped[str]
    confidence: Mapped[float]
    incises: Mapped[list[Any]]
    outlet: Mapped[str | None]
    published: Mapped[str] = mapped_column(index=True)
    speaker_type: Mapped[str | None]
    gender: Mapped[str | None]
    utterance_id: Mapped[int | None] = mapped_column(index=True)
    told_gender: Mapped[str | None]


class GoneQuoteRecord(Base):
    """A quote that newer rules, a person or a newer version took away: its number is given to no other.

    Found again (at its place, or by its words), it has its number again.
    """

    __tablename__ = "gone_quotes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]


class NotQuoteRecord(Base):
    """Something between marks that nobody says, with the reason."""

    __tablename__ = "not_quotes"
    __table_args__ = (CheckConstraint('0 <= start AND start <= "end"', name="span"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str]


class TermsRecord(Base):
    """The analysed words of a quote: the content that ``quote_fts`` indexes."""

    __tablename__ = "quote_terms"

    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True)
    exact: Mapped[str]
    stems: Mapped[str]


class SketchRecord(Base):
    """Numbers that near-duplicate quotes share (see ``likeness.sketch``)."""

    __tablename__ = "quote_sketches"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    quote_id: Mapped[int] = mapped_column(primary_key=True)


class JournalRecord(Base):
    """A change made by hand: what the rows it touched were before and are after, by table.

    Of articles, only the columns that were edited.
    """

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    who: Mapped[str]
    action: Mapped[str]
    summary: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    undone_at: Mapped[str | None]


class CorrectionRecord(Base):
    """What a person says of a quote, anchored by the text's hash and the quote's words and surroundings.

    ``change`` is what was said, ``instead`` the quote as it was found. ``lost_at`` is set when
    the words are no more in the article.
    """

    __tablename__ = "corrections"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    who: Mapped[str]
    content_hash: Mapped[str] = mapped_column(index=True)
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int]
    change: Mapped[dict[str, Any]]
    instead: Mapped[dict[str, Any]]
    lost_at: Mapped[str | None]


class FoundRecord(Base):
    """What the program found in an article that people have corrected: corrections are laid over it."""

    __tablename__ = "found_extractions"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    quotes: Mapped[list[Any]]
    not_quotes: Mapped[list[Any]]


class FailureRecord(Base):
    """A source that could not be added, once for each ``source``, until it is.

    ``file`` is the path to give again (``None``: it came through standard input), ``options`` those
    of the call.
    """

    __tablename__ = "failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(unique=True)
    file: Mapped[str | None]
    reason: Mapped[str]
    options: Mapped[dict[str, Any]]
    at: Mapped[str]
    tries: Mapped[int]


def table_of(record: type[Base]) -> Table:
    """Give a model's table, for statements that don't need the object-relational layer."""
    table = inspect(record).local_table
    assert isinstance(table, Table)
    return table
