"""The pages, a module for each kind: what is asked of the archive, and the template that prints it."""
