# %% [markdown]
# # Scale
#
# **Time** about 5 minutes · **Points** 5
# %% locked="setup"
import numpy as np

from course.checks import check_array, check_raises
# %% solution="double"
def double(X):
    """Return 2 X as float64. X: numbers, any shape."""
    ### BEGIN SOLUTION
    doubled = 2.0 * np.asarray(X, dtype=float)
    ### END SOLUTION
    return doubled
# %% tests="double" points=1
check_array(double(np.array([[1.0, -2.0, 3.0]])), [[2.0, -4.0, 6.0]], "double([[1, -2, 3]])")
# %% tests="double" idea="integers" points=2 hint="What is the dtype of 2 * X if X holds integers?"
### BEGIN HIDDEN TESTS
check_array(double(np.array([[7], [-9]])), [[14.0], [-18.0]], "double of integers")
### END HIDDEN TESTS
# %% solution="row_sums"
def row_sums(X):
    """Return the sum of each row, shape (N,). X: (N, D). Raises ValueError unless 2-D."""
    ### BEGIN SOLUTION
    if X.ndim != 2:
        raise ValueError(f"X must be 2-D, not {X.ndim}-D")
    sums = X.sum(axis=1)
    ### END SOLUTION
    return sums
# %% tests="row_sums" points=1
check_array(row_sums(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])), [6.0, 16.0], "row_sums")
### BEGIN HIDDEN TESTS
check_array(row_sums(np.array([[1.0, 2.5], [4.0, 8.0]])), [3.5, 12.0], "row_sums of a square")
### END HIDDEN TESTS
# %% tests="row_sums" idea="refuses_vectors" points=0.5
check_raises(ValueError, lambda: row_sums(np.arange(3.0)), "row_sums of a vector")
# %% [markdown] manual="why_rows" points=0.5
# **Why rows?**
#
# ### BEGIN SOLUTION
# A row is one example.
# ### END SOLUTION
