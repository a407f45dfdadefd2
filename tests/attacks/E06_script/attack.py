# What an instructor's browser would run (`test_class.py` looks at the pages).
# %%
from IPython.display import HTML, Javascript, Markdown, display

display(HTML("<script>alert(1)</script><img src=x onerror=alert(2)>"))
display(Javascript("alert(3)"))
display(Markdown("[x](javascript:alert(4)) <script>alert(5)</script>"))
display({"application/vnd.evil+json": "alert(6)", "image/svg+xml": "<svg onload=alert(7)>"}, raw=True)
