# A file whose mode closes it to all but its owner.
# %%
try:
    with open("COURSE/private.txt", "a") as file:
        file.write("x")
    print("scribbled", "on it")
except OSError as error:
    print(type(error).__name__)
