# IPython tells whoever asks what it is about to run.
# %%
get_ipython().events.register("pre_run_cell", lambda info: print(info.raw_cell))
get_ipython().events.register("post_run_cell", lambda result: print(result.info.raw_cell))
