"""Who said what, in what capacity, where: attributed quotations from French news articles."""

__version__ = "0.1.0"
