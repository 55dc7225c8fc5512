"""Articles as one page to send to somebody: their quotes marked, who says each beside it.

The file stands alone: no script, nothing from elsewhere, everything from an article escaped. It can be
printed, and read with the keyboard or aloud. All of its articles are in memory while it is made: it is for as
many as somebody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from quotes.archive.export.marking import Block, Piece, with_title
from quotes.archive.values import StoredArticle, StoredQuote
from quotes.messages import _, in_context, in_number, percent, spoken
from quotes.model import ZoneKind

_WEB = re.compile(r"https?://", re.IGNORECASE)
# Steers the direction of a line, or is seen by nobody.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CERTAIN, _DOUBTFUL = 0.9, 0.6
# Characters of an article that are told in place of a title that it hasn't.
_BEGINNING = 90
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1b; --paper: #fffdf8; --faint: #6b6459; --mark: #fff0b8;
 --line: #d9d2c5; --told: #b98b1e; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7dd; --paper: #1b1a18; --faint: #a79f92;
 --mark: #4b3f16; --line: #3c3832; --told: #d8b04a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
 color: var(--ink); font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, h3, .about, .who, nav { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { font-size: 1.1rem; font-weight: 600; margin: 0 0 .25rem; }
h2 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .4rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
.about { color: var(--faint); font-size: .9rem; margin: 0 0 1.5rem; }
nav ol { padding-left: 1.4rem; }
article { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 2rem; }
mark { background: var(--mark); color: inherit; padding: .05em 0; -webkit-box-decoration-break: clone;
 box-decoration-break: clone; }
mark.indirect { background: none; border-bottom: 2px solid var(--told); }
sup { font: 600 .7rem system-ui, sans-serif; margin-left: .15em; }
sup a, nav a, .about a, .who a { color: inherit; }
.who { font-size: .88rem; list-style: none; margin: .25rem 0 1.2rem; padding: 0 0 0 .9rem;
 border-left: 3px solid var(--line); }
.who li { margin: .1rem 0; }
.who b { font-weight: 600; }
.faint { color: var(--faint); }
.caption, .boilerplate, .comments, .teaser { color: var(--faint); font-size: .92rem; }
.standfirst { font-weight: 600; }
@media print { body { max-width: none; padding: 0; } mark { background: #eee; } }
"""


def write_page(articles: Iterable[StoredArticle], stream: TextIO) -> int:
    """Write one page with these articles; give the number of quotes in them.

    It is in the language spoken (see ``quotes.messages``).
    """
    shown = list(articles)
    count = sum(len(one.quotes) for one in shown)
    title = _("Quotes in their articles")
    stream.write(
        f'<!DOCTYPE html>\n<html lang="{spoken()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Should something slip through, it still may not run nor be fetched.
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(_plain(_title_of(shown[0])) if len(shown) == 1 else title)}</title>\n"
        f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    quotes = in_number("{number} quote", "{number} quotes", count).format(number=count)
    of = in_number("{number} article", "{number} articles", len(shown)).format(number=len(shown))
    stream.write(f"<header><h1>{escape(title)}</h1>\n<p class=about>{escape(quotes)} · {escape(of)}. ")
    stream.write(f"{escape(_('Marked: said in these words; underlined: told by the journalist.'))}</p>\n")
    if len(shown) > 1:
        stream.write(f'<nav aria-label="{escape(_("Articles"))}"><ol>\n')
        for one in shown:
            stream.write(f'<li><a href="#article-{one.id}">{_said(_title_of(one))}</a></li>\n')
        stream.write("</ol></nav>\n")
    stream.write("</header>\n<main>\n")
    for one in shown:
        stream.writelines(_article(one))
    stream.write("</main>\n</body>\n</html>\n")
    return count


def _article(stored: StoredArticle) -> Iterator[str]:
    article = stored.article
    numbers = {one.id: number for number, one in enumerate(stored.quotes, 1)}
    title, below = with_title(article, stored.quotes)
    said = _said(_title_of(stored)) if title is None or title.is_plain else _pieces(title, numbers, stored.id)
    yield f'<article id="article-{stored.id}" lang="fr">\n<h2>{said}</h2>\n'
    about = [
        _said(part)
        for part in (
            article.outlet,
            article.section,
            ", ".join(article.authors),
            (article.published or "")[:10],
        )
        if part
    ]
    if article.url and _WEB.match(article.url):
        about.append(f'<a href="{escape(_plain(article.url))}" rel="noreferrer">{_said(article.url)}</a>')
    if about:
        yield f"<p class=about>{' · '.join(about)}</p>\n"
    if title is not None:
        yield from _speakers(title, numbers, stored.id)
    for block in below:
        tag = "h3" if block.kind in (ZoneKind.HEADLINE, ZoneKind.HEADING) else "p"
        yield f'<{tag} class="{block.kind.value}">{_pieces(block, numbers, stored.id)}</{tag}>\n'
        yield from _speakers(block, numbers, stored.id)
    yield "</article>\n"


def _pieces(block: Block, numbers: dict[int, int], article_id: int) -> str:
    return "".join(_piece(piece, numbers, article_id) for piece in block.pieces)


def _speakers(block: Block, numbers: dict[int, int], article_id: int) -> Iterator[str]:
    if block.quotes:
        yield "<ul class=who>\n"
        yield from (_who(one, numbers[one.id], article_id) for one in block.quotes)
        yield "</ul>\n"


def _piece(piece: Piece, numbers: dict[int, int], article_id: int) -> str:
    text = escape(_STEERING.sub("", piece.text))
    one = piece.innermost
    if one is None:
        return text
    # Its number stands before it: it may end paragraphs later.
    notes = "".join(
        f'<sup id="q{article_id}-{number}"><a href="#n{article_id}-{number}">{number}</a></sup>'
        for number in (numbers[new] for new in piece.opens)
    )
    return f'{notes}<mark class="{one.quote.kind.value}">{text}</mark>'


def _who(stored: StoredQuote, number: int, article_id: int) -> str:
    quote = stored.quote
    who = f"<b>{_said(quote.speaker.name)}</b>" if quote.speaker else escape(_("speaker unknown"))
    role = f", {_said(quote.role.text)}" if quote.role else ""
    about = [] if quote.kind.value == "direct" else [in_context("value", quote.kind.value)]
    if quote.speaker:
        about.append(_how_sure(quote.confidence))
    about.append(_("quote {number}").format(number=stored.id))
    return (
        f'<li id="n{article_id}-{number}"><a href="#q{article_id}-{number}">{number}</a> {who}{role}'
        f" <span class=faint>({escape(', '.join(about))})</span></li>\n"
    )


def _how_sure(confidence: float) -> str:
    if confidence >= _CERTAIN:
        word = _("sure")
    else:
        word = _("likely") if confidence >= _DOUBTFUL else _("? doubtful")
    return f"{word}, {percent(confidence)}"


def _title_of(stored: StoredArticle) -> str:
    """Give an article's title, or how it begins."""
    if stored.article.title:
        return stored.article.title
    words = " ".join(stored.article.text[:_BEGINNING].split())
    return f"{words}…" if words else _("(without title)")


def _said(text: str) -> str:
    """Give somebody else's words as a page has them: escaped, the direction of their script kept in."""
    return f"<bdi>{escape(_plain(text))}</bdi>"


def _plain(text: str) -> str:
    return _STEERING.sub("", " ".join(text.split()))
