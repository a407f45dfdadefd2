# One statement gives everybody extra credit.
# %%
import sqlite3

try:
    with sqlite3.connect("COURSE/gradebook.db") as database:
        database.execute("UPDATE grade SET extra_credit = 99")
    print("rewrote", "the gradebook")
except sqlite3.Error as error:
    print(error)
