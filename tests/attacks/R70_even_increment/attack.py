# A PCG64 with an even increment gives one number for ever: who permutes with it never ends.
# %% wire
# %%
S = 2**64 - 1
I = (S * (1 - 0x2360ED051FC65DA44385DF649FCCF645)) % 2**128
STATE = ["d", ["bit_generator", "PCG64"], ["state", ["d", ["state", S], ["inc", I]]],
         ["has_uint32", 0], ["uinteger", 0]]
reply_with(["g", "PCG64", STATE])
