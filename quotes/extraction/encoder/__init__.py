"""A pretrained encoder that has read the article, asked for what it thinks of each candidate.

Optional (``quotes[encoder]``): nothing here is imported before somebody asks for it. What it answers is
never the last word: its log-odds become clues that :mod:`quotes.extraction.judge` weighs like any other.
"""
