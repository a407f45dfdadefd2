"""Catalogue of the fixture notebook."""

from autograder.catalogue import alternative, misconception


@misconception("double", loses=["test_double_integers"])
def keeps_the_type(X):
    """You return the type that came in. What does the docstring ask for?"""
    return 2 * np.asarray(X)


@misconception("double", loses=["test_double", "test_double_integers"])
def squares(X):
    """You square. Try 3 by hand."""
    return np.asarray(X, dtype=float) ** 2


@alternative("double")
def adds(X):
    """Adds X to itself."""
    return np.add(X, X, dtype=float)


@misconception("row_sums", loses=["test_row_sums", "test_row_sums_refuses_vectors"])
def sums_columns(X):
    """You sum over the wrong axis. Which axis holds the examples?"""
    return X.sum(axis=0)


@misconception("row_sums", loses=["test_row_sums_refuses_vectors"])
def takes_anything(X):
    """You accept a vector. What does the docstring say about it?"""
    return X.sum(axis=-1)


@alternative("row_sums")
def with_a_product(X):
    """A product with ones."""
    if X.ndim != 2:
        raise ValueError("2-D, please")
    return X @ np.ones(X.shape[1])
