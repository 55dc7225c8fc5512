"""From what lies on a disk to an :class:`~quotes.model.Article`: its text, zones and metadata."""

from quotes.reading.forms import Columns, Piece, Unread
from quotes.reading.sources import Read, read_all, read_piece, take_apart
from quotes.reading.text import read_article

__all__ = ["Columns", "Piece", "Read", "Unread", "read_all", "read_article", "read_piece", "take_apart"]
