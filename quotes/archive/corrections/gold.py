"""What people have confirmed or corrected, as annotation by which an extractor can be measured.

One ``NAME.txt`` with ``NAME.json`` an article, in the format of ``docs/evaluation.md``. People look at
some quotes of an article, seldom at all: so the annotation is ``partial``, and holds what nobody has
looked at as ``unsure``.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.archive.search import finding
from quotes.archive.speakers.names import fold_name
from quotes.archive.store.asking import Reader, ask
from quotes.archive.store.reading_rows import load
from quotes.archive.store.whole_files import unfinished_beside
from quotes.archive.values import Filters, StoredArticle
from quotes.errors import ArchiveError
from quotes.model import Article, NotQuote, Quote, QuoteKind, SpeakerType

if TYPE_CHECKING:
    from sqlalchemy import Connection

# The rule of what a person has confirmed or changed, the reason of what a person called no quote.
_BY_HAND = "corrected"
_CHECKED = """SELECT article_id FROM quotes WHERE rule = :by_hand
 UNION SELECT article_id FROM not_quotes WHERE reason = :by_hand ORDER BY article_id"""


@dataclass(frozen=True, slots=True)
class Checked:
    """An article with its annotation as JSON has it; ``name`` is the same in every archive."""

    name: str
    article: Article
    annotation: dict[str, Any]


def checked(connection: Reader | Connection, filters: Filters) -> Iterator[Checked]:
    """Give the articles in which something was checked, and that have quotes that match."""
    chosen = None
    if filters != Filters():
        chosen = {article_id for article_id, _ in finding.by_article(connection, None, filters)}
    for (article_id,) in ask(connection, _CHECKED, {"by_hand": _BY_HAND}):
        if chosen is not None and article_id not in chosen:
            continue
        stored, as_found = load(connection, article_id), load(connection, article_id, as_found=True)
        if stored is not None and as_found is not None:
            yield Checked(_name(stored), stored.article, _annotation(stored, as_found))


def _name(stored: StoredArticle) -> str:
    words = fold_name(stored.article.title or stored.article.outlet or "article").split()
    return "-".join([*words[:6], stored.content_hash[:8]])


def _annotation(stored: StoredArticle, as_found: StoredArticle) -> dict[str, Any]:
    """Write an annotation; a speaker has the archive's name and the one under which they were found."""
    text = stored.article.text
    names = {one.id: one.quote.speaker.name for one in as_found.quotes if one.quote.speaker}
    units: list[dict[str, Any]] = []
    indirect: list[dict[str, Any]] = []
    for one in stored.quotes:
        quote, name = one.quote, names.get(one.id)
        if quote.rule != _BY_HAND:
            if quote.kind is not QuoteKind.INDIRECT:
                units.append(_unit(quote, "unsure"))
        elif quote.kind is QuoteKind.INDIRECT:
            indirect.append(_bounds(quote) | {"cue": _cue(quote), "speaker": _speaker(quote, name)})
        else:
            units.append(_quote(text, quote, name))
    units += [
        _unit(not_quote, "not_quote" if not_quote.reason == _BY_HAND else "unsure")
        for not_quote in stored.not_quotes
    ]
    units.sort(key=lambda unit: (unit["start"], unit["end"]))
    return {"partial": True, "units": units, "indirect": indirect}


def _bounds(found: Quote | NotQuote) -> dict[str, Any]:
    return {"start": found.start, "end": found.end}


def _unit(found: Quote | NotQuote, label: str) -> dict[str, Any]:
    return _bounds(found) | {"label": label}


def _quote(text: str, quote: Quote, found_name: str | None) -> dict[str, Any]:
    unit = _unit(quote, "quote") | {
        "form": quote.kind.value,
        "display": quote.display,
        "incises": [text[span.start : span.end] for span in quote.incises],
        "speaker": _speaker(quote, found_name),
        "gender": quote.speaker.gender.value if quote.speaker and quote.speaker.gender else None,
        "roles": [quote.role.text] if quote.role else [],
        "cue": _cue(quote),
    }
    return unit | {"text": quote.text} if quote.incises else unit


def _cue(quote: Quote) -> str | None:
    return quote.cue.text if quote.cue else None


def _speaker(quote: Quote, found_name: str | None) -> dict[str, Any] | None:
    if quote.speaker is None:
        return None
    names = dict.fromkeys(filter(None, (quote.speaker.name, found_name)))
    return {"names": list(names), "type": SpeakerType(quote.speaker.type).value}


def write_gold(articles: Iterable[Checked], folder: Path) -> int:
    """Write a new folder of annotated articles, whole or not at all; give their number.

    Texts are UTF-8 with their own line ends, so that the offsets hold.
    """
    folder = Path(os.path.realpath(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(f"{folder} exists already: name a new folder with -o")
    try:
        with unfinished_beside(folder) as made:
            # Made inside the private one, so as to have the usual mode.
            unfinished = made / "gold"
            unfinished.mkdir()
            count = 0
            for one in articles:
                count += 1
                (unfinished / f"{one.name}.txt").write_bytes(one.article.text.encode())
                written = json.dumps(one.annotation, ensure_ascii=False, indent=1)
                (unfinished / f"{one.name}.json").write_bytes(f"{written}\n".encode())
            if not count:
                raise ArchiveError("nothing was confirmed or corrected there yet: `quotes review` does it")
            if folder.exists():
                folder.rmdir()
            shutil.move(unfinished, folder)
            return count
    except OSError as error:
        raise ArchiveError(f"{folder} was not written ({error.strerror}): choose another place") from error
