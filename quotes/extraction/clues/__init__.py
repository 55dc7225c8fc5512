"""What speaks for an answer: small named functions, each yielding clues that :mod:`judge` weighs.

A clue is a name, such as ``before:determiner`` or ``words:3-4``: it either holds or it doesn't, and
what it is worth stands in a file of ``quotes/extraction/data``. No clue decides anything.
"""
