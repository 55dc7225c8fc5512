"""The archive: quotes as rows in one SQLite file, to be searched, corrected and exported.

Opening (`open_archive(path, create=True, readonly=False)`, a context manager; `upgrade(path)`) raises
``ArchiveError`` or ``SchemaError``, each one line that says what to do. An ``Archive`` offers:

- ``add(extraction, extractor_version=…) -> Added(article_id, new, quotes, what, like, lost)``: one
  transaction; ``what`` tells a new article from a copy or another version of one that is there;
- ``add_all(extractions, …)``: several in one transaction; ``prepare(extraction)`` makes one ready before, in
  another process perhaps;
- ``find(text, source)``: the number of the article found there with this text; ``versions(id)`` and
  ``revision(id, number)``: its other forms; ``edit(id, ArticleChange(…), who=…)`` mends what is known of one;
  ``failures()`` and ``note_failures(…)`` keep what could not be added;
- ``articles(limit=…)`` → ``ArticleRow`` iterator, ``article(id) -> StoredArticle`` (``.article``,
  ``.quotes`` of ``StoredQuote(id, quote, speaker_id)``, ``.not_quotes``, ``.extraction``);
- ``speakers(name=None, type=…, gender=…, sort="count"|"last"|"name", limit=…)`` → ``SpeakerRow``
  iterator, ``names_like(name)`` for "did you mean";
- ``search(query, Filters(speaker=…, role=…, outlet=…, since=…, until=…, kind=…, gender=…, type=…),
  exact=False, sort="best"|"date", limit=20, after=None) -> Hits``: ``.hits`` of
  ``Hit(row, snippet, score)``, ``snippet.marked("[", "]")``, ``.matches``, ``.next``, ``.notes``;
- ``quotes(filters, query=None)`` → ``QuoteRow`` iterator, which streams;
- ``speaker(name_or_id)``, ``portrait(id)``, ``suggest()``, and by hand, each in one transaction with
  an entry in the journal: ``merge``, ``split``, ``rename``, ``add_alias``, ``fix(quote_id, Change(…))``;
  ``history()``, ``undo()``; ``corrections()``, ``least_certain(limit=…)``;
- ``reextract(article_id, extraction, extractor_version=…, dry_run=…) -> Difference``;
- ``find_said(wording, filters) -> list[Found]`` (closest quotes with the difference word by word, what
  changes the sense, and the sentence around), ``find_printed(wording)`` (in the texts, though no quote),
  ``utterances(filters)``, ``utterance_of(quote_id)`` (quotes that say the same);
- ``count_by(dimension, query, filters)``, ``count_by_two(dimensions, …)``, ``gender_shares(…)``,
  ``facets(query, filters)``, ``hints(query, filters)`` ("did you mean");
- ``counts()``, ``check()`` (sentences about damage, none for a sound archive).

``export_quotes(rows, path_or_text_stream, format="csv"|"jsonl"|"xlsx", excel=False, raw=False) -> int``
writes such rows. Everything is imported at first use: this package costs nothing to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.archive.archive import Archive, open_archive, upgrade
    from quotes.archive.articles.preparing import PreparedArticle, prepare
    from quotes.archive.corrections.overlay import Change
    from quotes.archive.export.tables import COLUMNS, export_quotes
    from quotes.archive.store.opening import is_there, name_of
    from quotes.archive.values import (
        Added,
        ArticleChange,
        ArticleRow,
        Failure,
        Filters,
        Hit,
        Hits,
        PlacedQuote,
        QuoteRow,
        Snippet,
        SpeakerRow,
        StoredArticle,
        StoredQuote,
        Version,
        Versions,
        What,
    )

__all__ = [
    "COLUMNS",
    "Added",
    "Archive",
    "ArticleChange",
    "ArticleRow",
    "Change",
    "Failure",
    "Filters",
    "Hit",
    "Hits",
    "PlacedQuote",
    "PreparedArticle",
    "QuoteRow",
    "Snippet",
    "SpeakerRow",
    "StoredArticle",
    "StoredQuote",
    "Version",
    "Versions",
    "What",
    "export_quotes",
    "is_there",
    "name_of",
    "open_archive",
    "prepare",
    "upgrade",
]

_HOMES = {
    "archive": ("Archive", "open_archive", "upgrade"),
    "store.opening": ("is_there", "name_of"),
    "corrections.overlay": ("Change",),
    "export.tables": ("COLUMNS", "export_quotes"),
    "articles.preparing": ("PreparedArticle", "prepare"),
    "values": (
        "Added",
        "ArticleChange",
        "ArticleRow",
        "Failure",
        "Filters",
        "Hit",
        "Hits",
        "PlacedQuote",
        "QuoteRow",
        "Snippet",
        "SpeakerRow",
        "StoredArticle",
        "StoredQuote",
        "Version",
        "Versions",
        "What",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
