"""Collect: from the zips that a learning platform hands out to `submitted/`, through nbgrader."""
