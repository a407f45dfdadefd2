# Even the size of a file says something; only namespaces keep it (see `describe`).
# %%
import os

try:
    print(os.stat("COURSE/source/week1/exam.ipynb").st_size, "bytes", "of source")
except OSError as error:
    print(type(error).__name__)
