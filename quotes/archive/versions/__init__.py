"""One article in several forms: a copy, a newer or an earlier version told from a new one."""
