"""What becomes of texts: read, extracted, stored; in one process or several, whoever asks for it."""
