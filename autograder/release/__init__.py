"""Release: from the text sources to the notebooks that instructors and students open."""
