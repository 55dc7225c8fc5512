"""From an article to its quotes: one module a question (see :mod:`quotes.extraction.extract`)."""
