# Answers to questions that were not asked yet.
# %% wire
# %% answer
def double(X):
    for number in range(1, 60):
        say(frame(["re", number, {"value": ["a", "<f8", [3], 0]}], [bytes(24)]))
    return X
