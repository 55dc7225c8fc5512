"""What is known of an article, field by field: no form of it takes the place of what another one knows.

A page knows its outlet, date and authors; the same text pasted into a file knows nothing. Whichever of
them is shown has what either knows, and where it came from is kept (``articles.stated``, *origins*). Forms of
two papers, or of two sites, tell nothing of one another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from quotes.archive.articles import edits
from quotes.archive.speakers.names import fold_name

# What a newer version says otherwise, the earlier one knows nothing of.
_OF_EACH_VERSION = frozenset({"published", "title"})
_ANOTHER_DOOR = ("www.", "m.", "amp.", "mobile.")

Row = Mapping[str, Any]


def merged(shown: Row, other: Row, *, same_body: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Give what is known of an article by a form that is shown and another one; and which came from where.

    ``shown`` and ``other`` have the columns of ``edits.COLUMNS``, their ``source``, and ``origins`` where
    some of their own came from elsewhere. The second answer has the origins of the fields that are not
    the shown form's own.
    """
    known = {name: shown[name] for name in edits.COLUMNS}
    origins = dict(shown.get("origins") or {})
    if not _same_publication(shown, other):
        return known, origins
    others_are_better = same_body and _standing(other) > _standing(shown)
    theirs = other.get("origins") or {}
    for name in edits.COLUMNS:
        value = other.get(name)
        if not value or value == known[name]:
            continue
        missing = not known[name] and (same_body or name not in _OF_EACH_VERSION)
        if missing or (known[name] and others_are_better) or _is_more_precise(name, value, known[name]):
            known[name] = value
            origins[name] = theirs.get(name) or other.get("source") or other.get("url") or "another copy"
    return known, origins


def _same_publication(one: Row, other: Row) -> bool:
    """Tell whether nothing speaks against two forms being of one outlet and one site."""
    outlets = {fold_name(row["outlet"]) for row in (one, other) if row.get("outlet")}
    sites = {_site(row["url"]) for row in (one, other) if row.get("url")}
    return len(outlets) <= 1 and len(sites) <= 1


def _site(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or url).lower()
    except ValueError:
        return url
    for door in _ANOTHER_DOOR:
        host = host.removeprefix(door)
    return host


def _standing(row: Row) -> tuple[bool, int]:
    """Tell which of two forms is the better source: one that has its address, then one that knows more."""
    return bool(row.get("url")), sum(bool(row.get(name)) for name in ("outlet", "published", "authors"))


def _is_more_precise(name: str, value: Any, known: Any) -> bool:
    """Tell whether a date says more than the one that is known: "2024-05" and "2024-05-17"."""
    return bool(name == "published" and known and value.startswith(known) and len(value) > len(known))
