"""Articles as rows: their bodies, made ready and stored, edited by hand, and failures to add."""
