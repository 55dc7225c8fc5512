"""What the pages say the program prints is what it prints.

``python -m tests.documented`` runs every command and every Python example of the pages and writes beneath it
what it prints now, and ``docs/commands.md`` from the program itself. Read the diff before you commit.
"""
