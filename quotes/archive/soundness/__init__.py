"""Is an archive sound? Every row read as the program reads it, and what can be derived made anew."""
