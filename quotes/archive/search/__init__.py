"""Finding quotes: the words of a text as terms, the search language, the search itself, and its numbers."""
