"""What tells one text from others of its sort, its date or its figure: "la loi du 3 mai 1905"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.tokens import NUMBER, Token
from quotes.french.grammar import word_class

_MONTHS = word_class("months")
_YEAR = 4  # digits
_FIRST = "1er"
_SERIES = frozenset({"L", "L.", "R", "R.", "D", "D.", "A", "A."})


def dated_end(tokens: Sequence[Token], at: int) -> int:
    """Where the date of a text ends that begins at ``at``: "une loi | de 1905", "la loi | du 3 mai 1905"."""
    end = at + 1
    if end < len(tokens) and tokens[at].low == "du":
        if tokens[end].kind is not NUMBER and tokens[end].low != _FIRST:
            return at
        end += 1
    if end < len(tokens) and tokens[end].low in _MONTHS:
        end += 1
    elif tokens[at].low == "du":
        return at
    if end < len(tokens) and _is_year(tokens[end]):
        end += 1
    return end if end > at + 1 else at


def figure_end(tokens: Sequence[Token], at: int) -> int:
    """Where the figure of an article ends that begins at ``at``, behind its letter: "l'article L. | 12-3"."""
    if tokens[at - 1].text not in _SERIES:
        return at
    end = at + 1
    while end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].kind is NUMBER:
        end += 2
    return end


def _is_year(token: Token) -> bool:
    return token.kind is NUMBER and len(token.text) == _YEAR and token.text.isdigit()
