"""Trains the encoder (``python -m quotes.train.encoder``); needs torch, which nothing else does."""
