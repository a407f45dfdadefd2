"""Demo: a sample class and one run of the whole pipeline over it."""
