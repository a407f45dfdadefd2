# %%
from IPython.display import HTML, display

for _ in range(5000):
    display(HTML("<b>" + "x" * 1000 + "</b>"))
# %% answer triple
def triple(X):
    return 3.0 * X
