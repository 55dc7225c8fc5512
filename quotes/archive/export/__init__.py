"""Quotes and counts as files: tables, notes, marked texts, annotations, drawings."""
