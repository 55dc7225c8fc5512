"""Who said what, in what capacity, where: attributed quotations from French news articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.extraction.opinion import Model
    from quotes.model import Article, Extraction

__version__ = "0.1.0"


def extract(source: str | Article, *, model: Model = "auto") -> Extraction:
    """The quotes of a French text, or of an article already read.

    A plain text gets its zones (headline, headings, teasers …) from its own shape. Pure: nothing is
    read or stored, and the same text gives the same answer. ``model`` says whether the encoder is
    asked (extra ``quotes[encoder]``): ``never``, ``auto`` (where it is installed, of what the rules leave in
    doubt) or ``always``.

    Raises:
        QuotesError: ``always`` without the encoder.
    """
    from quotes.extraction.extract import extract_article
    from quotes.model import Article
    from quotes.reading.zones import zones_of

    article = Article(source) if isinstance(source, str) else source
    if not article.zones:
        from dataclasses import replace

        article = replace(article, zones=zones_of(article.text))
    return extract_article(article, model)
