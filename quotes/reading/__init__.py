"""From what lies on a disk to an :class:`~quotes.model.Article`: its text, zones and metadata."""

from quotes.reading.sources import Read, Unread, read_all
from quotes.reading.text import read_article

__all__ = ["Read", "Unread", "read_all", "read_article"]
