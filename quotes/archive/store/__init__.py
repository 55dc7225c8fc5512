"""How an archive is kept: its tables, both databases with their dialects, rows written, read, copied."""
