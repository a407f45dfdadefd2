# Swallow every exception.
# %%
get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)
