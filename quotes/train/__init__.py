"""Weights for the judge, learnt from annotated articles. Never imported when texts are read.

``python -m quotes.train GOLD_DIR`` (extra ``train``); ``docs/evaluation.md`` tells how and why.
"""
