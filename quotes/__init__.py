"""Who said what, in what capacity, where: attributed quotations from French news articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.extraction.reading import Model
    from quotes.model import Article, Extraction

__version__ = "0.1.0"


def extract(source: str | Article, *, model: Model = "auto") -> Extraction:
    """The quotes of a French text, or of an article already read.

    A plain text gets its zones (headline, headings, teasers …) from its own shape. Pure: nothing is
    read or stored, and the same text gives the same answer. ``model`` says whether spaCy is asked about
    names that the lexicons leave open: ``never``, ``auto`` (only where that is measured to help) or
    ``always``.
    """
    from quotes.extraction.extract import extract_article
    from quotes.model import Article
    from quotes.reading.zones import zones_of

    article = Article(source) if isinstance(source, str) else source
    if not article.zones:
        from dataclasses import replace

        article = replace(article, zones=zones_of(article.text))
    return extract_article(article, model)
