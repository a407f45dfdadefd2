# Outputs in no form that nbformat knows.
# %% wire
# %%
SERVER._shell.run = lambda source: (
    [1, "x", {"output_type": "display_data", "data": {"appli" + "cation/javascript": "1"}},
     {"output_type": "stream", "name": "stdout", "text": "x" * 3_000_000}],
    False,
)
# %%
1
