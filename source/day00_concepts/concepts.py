# %% [markdown]
# # Warm-up: how a computer learns
#
# **Time** about 30 minutes · **Points** 34 · **You need** Python functions, lists and dictionaries
#
# After this notebook you can
#
# - run, check and hand in a notebook of this course, and read a check that fails;
# - say what *learning* means: a task, experience, a measure of success;
# - write a rule by hand, and write the program that finds a better one in data;
# - name the kind of learning and the kind of task in a new situation;
# - tell a model that has learned from one that knows its data by heart.
#
# | part | you write | minutes | points |
# |---|---|---:|---:|
# | 1 How a notebook works | `multiply` | 4 | 2 |
# | 2 What learning means | `alphago`, `predict`, `train` | 9 | 9 |
# | 3 Tables and labels | `count_missing`, `encode_column`, `kinds`, `tasks` | 8 | 11 |
# | 4 Learned, or known by heart? | `fits` | 3 | 3 |
# | 5 What makes images hard | `difficulties` | 2 | 2 |
# | 6 History and tools | `years`, `facts`, an answer in words | 4 | 7 |

# %% [markdown]
# ## 1. How a notebook works
#
# A notebook is a column of cells. Click on a cell and press **Shift + Enter** to run it. Run from
# top to bottom: a cell knows only what ran before it. You will meet five kinds:
#
# | cell | what it is | you |
# |---|---|---|
# | text | like this one | read |
# | setup, plots | code that is given | run |
# | **exercise** | ends in `raise NotImplementedError(…)` | write your answer there, then run |
# | **check** | calls `check_…` | run; silence means *passed* |
# | **hidden check** | only `# Checked when graded: …` | it runs when your work is graded |
#
# Given cells are locked, and nobody breaks anything by running a cell. Start with the tools. The
# checks come from our own `course`; NumPy and Matplotlib draw the pictures.

# %% locked="setup"
import matplotlib.pyplot as plt
import numpy as np

from course.checks import CheckFailed, check_equal, check_raises
from course.plots import COLORS

# %% [markdown]
# **Human or machine?** A lecture asks: 43214 × 245124 = ? You need minutes, the machine less than
# a millionth of a second. Yet you can check a part of it by hand. The last digits give
# 4 · 4 = 16, so the result ends in 6. And 40 000 · 250 000 is 10 000 000 000, so it has about 11
# digits.
#
# **Your turn.** First run the next two cells as they are: the exercise, then its check. Red text
# appears. Its *last* line says that the answer is still to be written. So write it, in place of
# the line with `raise`: give `product` its value. Then run both cells again.


# %% solution="multiply"
def multiply(a, b):
    """Multiply two integers. Returns an integer."""
    ### BEGIN SOLUTION
    product = a * b
    ### END SOLUTION
    return product


# %% tests="multiply" points=1
check_equal(
    multiply(43214, 245124),
    10592788536,
    "multiply(43214, 245124)",
    hint="In Python, times is written *",
)

# %% tests="multiply" idea="other_numbers" points=1 hint="Does the result depend on a and on b?"
### BEGIN HIDDEN TESTS
check_equal(multiply(-31, 602), -18662, "multiply(-31, 602)")
### END HIDDEN TESTS

# %% [markdown]
# The last cell is a hidden check. It tries other numbers. A function that always answers
# 10592788536 passes the check that you see, and fails that one. Hidden checks never ask for more
# than the text does. When one fails, your feedback holds a hint.
#
# **What does a failure look like?** Here is one on purpose: a human's guess, with rounded numbers.
# Read it from left to right: what was called, what came back, what was expected, and a hint. Then
# mend `rough`, and run again. This cell is yours.


# %%
def rough(a, b):
    """Multiply as people do: round first."""
    return round(a, -3) * round(b, -3)


try:
    check_equal(
        rough(43214, 245124),
        10592788536,
        "rough(43214, 245124)",
        hint="What does round(43214, -3) give?",
    )
except CheckFailed as failure:
    print(failure)
else:
    print("passed")

# %% [markdown]
# Without `try`, the same sentence is the last line of a long red text. The last line is the one
# to read.
#
# **Before you hand in:** *Run › Restart Kernel and Run All Cells*, so that nothing depends on a
# cell that you have changed since. It stops at the first exercise that is not done. The *Validate*
# button, if your lab has it, runs all checks that you see.

# %% [markdown]
# ## 2. What learning means
#
# Artificial intelligence (인공지능) is what lets a machine do things that seem to need thought.
# Learning is one way to it. Arthur Samuel wrote a program that played checkers better than he did.
# In 1959 he called this machine learning (기계학습): the ability to learn without being explicitly
# programmed. Tom Mitchell (1997) made it precise. A program *learns* if its performance P at a task
# T improves with experience E. The lecture's example is a spam filter:
#
# | | | spam filter |
# |---|---|---|
# | **T** | task (과제) | flag spam |
# | **E** | experience (경험) | training data: mails that people have marked |
# | **P** | performance (성능) | accuracy (정확도): the share of mails that it gets right |
#
# **Your turn.** AlphaGo beat Lee Sedol 4 : 1 in 2016. What were its T, E and P?
#
# | letter | what it is |
# |---|---|
# | a | the share of games that it wins |
# | b | many games, of people and against itself |
# | c | 48 processors made for the purpose (TPUs) |
# | d | playing Go |
#
# One letter is left over. Write your letters over the question marks, then delete the two lines
# below them.

# %% solution="alphago"
alphago = {
    "T": "?",
    "E": "?",
    "P": "?",
}
### BEGIN SOLUTION
alphago.update(T="d", E="b", P="a")
### END SOLUTION

# %% tests="alphago" points=1
letters = {alphago["T"], alphago["E"], alphago["P"]} & {"a", "b", "c", "d"}
check_equal(len(letters), 3, "how many different letters from a to d you chose")

# %% tests="alphago" idea="three_roles" points=1 hint="What does it do, learn from, get judged by?"
### BEGIN HIDDEN TESTS
check_equal({key: alphago[key] for key in "TEP"}, {"T": "d", "E": "b", "P": "a"}, "alphago")
### END HIDDEN TESTS

# %% [markdown] picture="banana_thresholds"
# The visible check only looks at the form: three letters, all different. Whether they are right
# shows when your work is graded. It is so for all quizzes here.
#
# ### A rule, or a learned rule
#
# Is this fruit a banana? Bananas are long. So a person writes a rule: *a banana is more than 3
# times as long as it is wide*. That is rule-based (규칙 기반): rules and data in, answers out.
# Learning turns it round: **data and answers in, rules out**. Eleven fruits, and the answers:
#
# | | orange | apple | kiwi | lemon | pear | papaya | five bananas |
# |---|---|---|---|---|---|---|---|
# | length / width | 1.0 | 1.1 | 1.2 | 1.4 | 1.6 | 2.2 | 2.6, 2.9, 3.3, 4.0, 5.1 |
# | label (정답): banana? | 0 | 0 | 0 | 0 | 0 | 0 | 1, 1, 1, 1, 1 |
#
# By hand: the rule gets 6 + 3 = 9 of 11 right. It misses the bananas of 2.6 and 2.9. With a
# threshold (임계값) of 2.2 all 11 are right. Where should it lie? Try them all:
#
# ![Above: eleven fruits along the axis length divided by width. Six other fruits lie between 1 and
# 2.2, five bananas between 2.6 and 5.1. A dashed line at 3 is the rule; a solid line at 2.2 is the
# learned threshold. Below: for each fruit's value as the threshold, how many of 11 answers are
# right. The curve rises to 11 at 2.2 and falls after it.](attachment:banana_thresholds.png)
#
# The measure P is given: `count_right`.


# %% locked="fruits"
longness = [1.0, 1.1, 1.2, 1.4, 1.6, 2.2, 2.6, 2.9, 3.3, 4.0, 5.1]
labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]


def count_right(predicted, labels):
    """P: count the predictions that equal their label. Both are lists of equal length."""
    return sum(guess == label for guess, label in zip(predicted, labels, strict=True))


# %% [markdown]
# **Your turn.** `predict` does the task T. A comparison such as `value > threshold` gives `True`
# or `False`; `int(…)` makes 1 or 0 of it.


# %% solution="predict"
def predict(threshold, longness):
    """Say of each fruit whether it is a banana.

    threshold: a number. longness: length / width of each fruit, a list of numbers.
    Returns a list of integers: 1 where the value is greater than the threshold, else 0. A value
    equal to the threshold gives 0.
    """
    ### BEGIN SOLUTION
    answers = [int(value > threshold) for value in longness]
    ### END SOLUTION
    return answers


# %% tests="predict" points=1
check_equal(
    predict(3, [1.1, 2.9, 3.3, 5.1]),
    [0, 0, 1, 1],
    "predict(3, [1.1, 2.9, 3.3, 5.1])",
    hint="A list of the integers 0 and 1, one for each fruit",
)

# %% tests="predict" idea="on_the_threshold" points=1 hint="Which answer gives an equal value?"
### BEGIN HIDDEN TESTS
check_equal(predict(2.2, [2.2, 2.6, 1.6, 2.2]), [0, 1, 0, 0], "predict(2.2, [2.2, 2.6, ...])")
### END HIDDEN TESTS

# %% tests="predict" idea="other_thresholds" points=1 hint="Is your threshold the argument?"
### BEGIN HIDDEN TESTS
check_equal(predict(1.3, [2.0, 1.0, 1.5, 4.0, 1.2]), [1, 0, 1, 1, 0], "predict(1.3, [2.0, ...])")
### END HIDDEN TESTS

# %% [markdown]
# **Your turn.** Now let the computer choose. `train` looks at the experience E, the fruits with
# their labels, and returns the best threshold. Go through the candidates in order of size. For
# each one, count how many answers are right. Remember the best so far.


# %% solution="train"
def train(longness, labels):
    """Find the threshold that gets most fruits right.

    longness: length / width of each fruit, a list of floats in any order. labels: 1 for a
    banana, else 0, a list of integers, as long.
    The candidates are the values in longness; an answer is 1 where a value is greater than the
    candidate. Returns the candidate with most right answers, a float; of equally good ones the
    smallest. Leaves both lists as they are.
    """
    ### BEGIN SOLUTION
    best, most_right = None, -1
    for threshold in sorted(longness):
        right = count_right([int(value > threshold) for value in longness], labels)
        if right > most_right:
            best, most_right = threshold, right
    ### END SOLUTION
    return best


# %% tests="train" points=1
check_equal(train(longness, labels), 2.2, "train on the eleven fruits")

# %% tests="train" idea="other_fruits" points=2 hint="Mix bananas and others; count errors by hand."
### BEGIN HIDDEN TESTS
values = [4.5, 1.0, 3.0, 2.0, 5.0, 3.5, 4.0, 1.5]
check_equal(train(values, [1, 0, 1, 0, 1, 1, 0, 0]), 2.0, "train, with one long fruit")
check_equal(train(values, [1, 0, 0, 0, 1, 0, 1, 1]), 3.5, "train, with one short banana")
### END HIDDEN TESTS

# %% tests="train" idea="equally_good" points=1 hint="Two candidates are equally good. Which one?"
### BEGIN HIDDEN TESTS
check_equal(train([3.5, 6.5, 1.5, 5.5, 2.5, 4.5], [0, 1, 0, 0, 1, 1]), 1.5, "train with ties")
### END HIDDEN TESTS

# %% [markdown]
# **What just happened?** Your program has *learned*, in Mitchell's words: P went up, from 9 to 11,
# through E. A function from a fruit to an answer, $y = f(x)$, is a model (모델); learning looks for
# an $f$ near the true one (a function approximator, 함수 근사). Here the threshold is the only
# parameter (매개변수). After training you can forget the fruits and keep that number: this is
# model-based learning. Whether the model is any good shows on fruits that it has *not* seen:

# %% show="banana_thresholds"
learned = train(longness, labels)
new_longness, new_labels = [1.3, 1.9, 2.0, 2.7, 3.8, 4.4], [0, 0, 1, 1, 1, 1]
for name, threshold in {"rule": 3.0, "learned": learned}.items():
    seen = count_right(predict(threshold, longness), labels)
    new = count_right(predict(threshold, new_longness), new_labels)
    print(f"{name:8} threshold {threshold}   seen fruits {seen:2} of 11   new fruits {new} of 6")

right = [count_right(predict(threshold, longness), labels) for threshold in longness]
fig, (strip, curve) = plt.subplots(
    2, 1, figsize=(8, 4), sharex=True, height_ratios=[1, 2], layout="constrained"
)
strip.scatter(longness[:6], [0] * 6, s=90, color=COLORS["blue"], label="other fruit")
strip.scatter(longness[6:], [0] * 5, s=90, color=COLORS["orange"], marker="^", label="banana")
curve.step(longness, right, "o-", where="post", color="black")
curve.set(xlabel="length / width, and threshold", ylabel="right answers", yticks=[5, 7, 9, 11])
for ax in (strip, curve):
    ax.axvline(3.0, color="grey", linestyle="--", label="rule", zorder=0)
    ax.axvline(learned, color=COLORS["vermillion"], label="learned", zorder=0)
    ax.spines[["top", "right"]].set_visible(False)
strip.set_yticks([])
strip.legend(loc="upper center", bbox_to_anchor=(0.5, 1.6), ncols=4, frameon=False)
plt.show()

# %% [markdown]
# The learned threshold is better on new fruits too. It is not perfect there: a short banana of 2.0
# is missed. The real aim is always the new data. Part 4 comes back to it.
#
# All models of this course work so, with more parameters: 30 730 in the first image classifier,
# and a cleverer search than trying them all.

# %% [markdown]
# ## 3. Tables and labels
#
# A small table from the lecture. Each row is an example; the last two columns are the labels, all
# of them and a part of them (N/A: not available). The plot shows u and v.
#
# | height | sex | u | v | all labels | some labels |
# |---|---|---|---|---|---|
# | 172 | F | 3.8 | -2.3 | A | A |
# | 180 | M | 6.3 | -1.7 | A | N/A |
# | 167 | M | 2.9 | 3.5 | B | B |
# | 176 | M | 1.2 | 2.1 | C | C |
# | 175 | F | 5.1 | -2.9 | C | N/A |

# %% locked="five_rows"
heights = [172, 180, 167, 176, 175]
sexes = ["F", "M", "M", "M", "F"]
u = [3.8, 6.3, 2.9, 1.2, 5.1]
v = [-2.3, -1.7, 3.5, 2.1, -2.9]
all_labels = ["A", "A", "B", "C", "C"]
some_labels = ["A", "N/A", "B", "C", "N/A"]

# %% show="three_tables"
tables = {"supervised": all_labels, "semi-supervised": some_labels, "unsupervised": ["N/A"] * 5}
colours = {"A": COLORS["sky"], "B": COLORS["orange"], "C": COLORS["purple"], "N/A": "lightgrey"}
fig, axes = plt.subplots(1, 3, figsize=(10, 3), sharey=True, layout="constrained")
for ax, (name, column) in zip(axes, tables.items(), strict=True):
    ax.scatter(u, v, s=350, color=[colours[label] for label in column])
    for x, y, label in zip(u, v, column, strict=True):
        ax.text(x, y, "?" if label == "N/A" else label, ha="center", va="center", size=12)
    ax.set(title=name, xlabel="u", xlim=(0, 7.5), ylim=(-4.5, 5))
axes[0].set_ylabel("v")
plt.show()

# %% [markdown]
# - Supervised learning (지도학습): every example has its label.
# - Semi-supervised learning (준지도학습): some examples have one, often few.
# - Unsupervised learning (비지도학습): none has. One looks for structure, by clustering for
#   instance, or by PCA, which draws many columns as points in a plane.
# - Reinforcement learning (강화학습) has no table. A program acts, and hears from time to time how
#   well it went: the reward (보상).

# %% [markdown]
# **Your turn.** How many labels are missing?


# %% solution="count_missing"
def count_missing(labels):
    """Count the labels that are the text "N/A". labels: a list of texts. Returns an integer."""
    ### BEGIN SOLUTION
    missing = sum(label == "N/A" for label in labels)
    ### END SOLUTION
    return missing


# %% tests="count_missing" points=1
check_equal(count_missing(some_labels), 2, "count_missing(some_labels)")

# %% tests="count_missing" idea="other_labels" points=1 hint="Try longer lists with other labels."
### BEGIN HIDDEN TESTS
others = ["N/A", "dog", "NA", "N/A", "cat", "", "N/A", "N/A", "dog"]
check_equal(count_missing(others), 4, "count_missing of nine labels")
### END HIDDEN TESTS

# %% [markdown]
# A model computes, so it needs numbers. Words get codes: F is 0 and M is 1, or in another lecture
# dog 0 and cat 1. By hand, the column F, M, M, M, F becomes 0, 1, 1, 1, 0.
#
# What of a word without a code? A function that goes on in silence hides the mistake. Ours says
# so: `raise ValueError("no code for ...")`.


# %% solution="encode_column"
def encode_column(column, codes):
    """Replace each word by its code.

    column: a list of words. codes: a dictionary, word -> integer, such as {"F": 0, "M": 1}.
    Returns a new list of integers.
    Raises ValueError if the column holds a word that has no code.
    """
    ### BEGIN SOLUTION
    encoded = []
    for word in column:
        if word not in codes:
            raise ValueError(f"no code for {word!r}")
        encoded.append(codes[word])
    ### END SOLUTION
    return encoded


# %% tests="encode_column" points=1
check_equal(encode_column(sexes, {"F": 0, "M": 1}), [0, 1, 1, 1, 0], "encode_column(sexes, ...)")

# %% tests="encode_column" idea="other_codes" points=1 hint="Do you use the codes that are given?"
### BEGIN HIDDEN TESTS
pets = ["cat", "cow", "dog", "cat"]
check_equal(encode_column(pets, {"dog": 0, "cat": 1, "cow": 7}), [1, 7, 0, 1], "codes of pets")
### END HIDDEN TESTS

# %% tests="encode_column" idea="no_code" points=1 hint="A KeyError is no ValueError."
### BEGIN HIDDEN TESTS
check_raises(
    ValueError,
    lambda: encode_column(["F", "M", "X"], {"F": 0, "M": 1}),
    'encode_column(["F", "M", "X"], {"F": 0, "M": 1})',
)
### END HIDDEN TESTS

# %% show="as_numbers"
encoded = encode_column(sexes, {"F": 0, "M": 1})
print(f"labels missing: {count_missing(some_labels)} of {len(some_labels)}")
print("height  sex     u     v")
for height, sex, first, second in zip(heights, encoded, u, v, strict=True):
    print(f"{height:6} {sex:4} {first:5} {second:5}")

# %% [markdown]
# **Your turn.** Which kind of learning is it? Each of the four words is used at least once:
# `"supervised"`, `"semi-supervised"`, `"unsupervised"`, `"reinforcement"`.
#
# | name | situation |
# |---|---|
# | `mail` | mails, each marked as spam (1) or ham (0) by its reader |
# | `xray` | 1000 X-ray images; a doctor had time to judge 50 of them |
# | `final` | exam scores of 25 students, and the final score of each |
# | `shop` | customers are sorted into groups that nobody has named before |
# | `go` | AlphaGo Zero plays only against itself, and is told who won |
# | `pca` | 16 columns about zoo animals become points in a plane |

# %% solution="kinds"
kinds = {
    "mail": "?",
    "xray": "?",
    "final": "?",
    "shop": "?",
    "go": "?",
    "pca": "?",
}
### BEGIN SOLUTION
kinds.update(mail="supervised", xray="semi-supervised", final="supervised")
kinds.update(shop="unsupervised", go="reinforcement", pca="unsupervised")
### END SOLUTION

# %% tests="kinds" points=1
check_equal(
    {kinds[name] for name in ["mail", "xray", "final", "shop", "go", "pca"]},
    {"supervised", "semi-supervised", "unsupervised", "reinforcement"},
    "the words in `kinds`",
)

# %% tests="kinds" idea="with_labels" points=1 hint="How many of the examples have a label?"
### BEGIN HIDDEN TESTS
right = {"mail": "supervised", "xray": "semi-supervised", "final": "supervised"}
check_equal({name: kinds[name] for name in right}, right, "mail, xray and final")
### END HIDDEN TESTS

# %% tests="kinds" idea="without_labels" points=1 hint="Does anybody say how well it went?"
### BEGIN HIDDEN TESTS
right = {"shop": "unsupervised", "go": "reinforcement", "pca": "unsupervised"}
check_equal({name: kinds[name] for name in right}, right, "shop, go and pca")
### END HIDDEN TESTS

# %% [markdown]
# And what comes out? Four frequent tasks:
#
# - classification (분류): the answer is the name of a class. Numbers can be names too;
# - regression (회귀): the answer is an amount. The word comes from Galton. Tall parents have tall
#   children, but less tall than they are: heights *regress* toward the mean;
# - clustering (군집화): put similar examples together. No answer is given;
# - anomaly detection (이상 탐지): find the example that is unlike the others.
#
# **Your turn.** `"classification"`, `"regression"`, `"clustering"` or `"anomaly detection"`? Again
# each is used at least once.
#
# | name | situation |
# |---|---|
# | `mail` | spam or ham? |
# | `zoo` | 16 facts about an animal; its type, a number from 0 to 6 |
# | `exam` | hours of study; the score |
# | `child` | the heights of two parents; the height of their child |
# | `grade` | hours and attendance; the grade A, B or C |
# | `news` | a heap of articles; which ones are about the same story? |
# | `card` | a million card payments, one of them odd |

# %% solution="tasks"
tasks = {
    "mail": "?",
    "zoo": "?",
    "exam": "?",
    "child": "?",
    "grade": "?",
    "news": "?",
    "card": "?",
}
### BEGIN SOLUTION
tasks.update(mail="classification", zoo="classification", grade="classification")
tasks.update(exam="regression", child="regression", news="clustering", card="anomaly detection")
### END SOLUTION

# %% tests="tasks" points=1
check_equal(
    {tasks[name] for name in ["mail", "zoo", "exam", "child", "grade", "news", "card"]},
    {"classification", "regression", "clustering", "anomaly detection"},
    "the words in `tasks`",
)

# %% tests="tasks" idea="name_or_amount" points=1 hint="Is twice as much a meaningful answer?"
### BEGIN HIDDEN TESTS
right = {"mail": "classification", "zoo": "classification", "grade": "classification"}
right |= {"exam": "regression", "child": "regression"}
check_equal({name: tasks[name] for name in right}, right, "mail, zoo, grade, exam and child")
### END HIDDEN TESTS

# %% tests="tasks" idea="no_answer_given" points=1 hint="Many groups, or one that fits nowhere?"
### BEGIN HIDDEN TESTS
right = {"news": "clustering", "card": "anomaly detection"}
check_equal({name: tasks[name] for name in right}, right, "news and card")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Learned, or known by heart?
#
# Hours of study and scores, from the lecture: 18, 39, 61, 77, 105, 112, 128 after 1 to 7 hours.
# Three models see these seven. Then come students with 8, 9 and 10 hours: 165, 181, 195.

# %% show="three_fits"
hours = np.arange(1, 11)
scores = np.array([18, 39, 61, 77, 105, 112, 128, 165, 181, 195])
grid = np.linspace(0.6, 10.4, 200)

fig, axes = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True, layout="constrained")
for ax, (name, degree) in zip(axes, {"A": 0, "B": 1, "C": 6}.items(), strict=True):
    model = np.polynomial.Polynomial.fit(hours[:7], scores[:7], degree)
    off = np.abs(model(hours) - scores)
    print(f"{name}: points off on average, seen {off[:7].mean():4.1f}   new {off[7:].mean():6.1f}")
    ax.plot(grid, model(grid), color="black")
    ax.scatter(hours[:7], scores[:7], color=COLORS["blue"], label="seen", zorder=2)
    ax.scatter(hours[7:], scores[7:], color=COLORS["orange"], marker="^", label="new", zorder=2)
    ax.set(title=f"model {name}", xlabel="hours", xlim=(0, 11), ylim=(-10, 260))
axes[0].set_ylabel("score")
axes[0].legend(loc="upper left", frameon=False)
plt.show()
print(f"model C says: 10 hours give {model(10):.0f} points")

# %% [markdown]
# A model generalises (일반화) if it does well on new data. It overfits (과적합) if it does well on
# the data it has seen, and badly on new data: it knows the data by heart, noise included. It
# underfits (과소적합) if it does badly on both.
#
# **Your turn.** `"generalises"`, `"overfits"` or `"underfits"`? A, B and C are the models above.
#
# | name | right answers on seen mails | on new mails |
# |---|---:|---:|
# | D | 97 % | 96 % |
# | E | 52 % | 50 % (as a coin) |
# | F | 99 % | 61 % |

# %% solution="fits"
fits = {
    "A": "?",
    "B": "?",
    "C": "?",
    "D": "?",
    "E": "?",
    "F": "?",
}
### BEGIN SOLUTION
fits.update(A="underfits", B="generalises", C="overfits")
fits.update(D="generalises", E="underfits", F="overfits")
### END SOLUTION

# %% tests="fits" points=1
check_equal(
    {fits[name] for name in ["A", "B", "C", "D", "E", "F"]},
    {"generalises", "overfits", "underfits"},
    "the words in `fits`",
)

# %% tests="fits" idea="three_curves" points=1 hint="How far off on seen data, how far on new?"
### BEGIN HIDDEN TESTS
right = {"A": "underfits", "B": "generalises", "C": "overfits"}
check_equal({name: fits[name] for name in right}, right, "models A, B and C")
### END HIDDEN TESTS

# %% tests="fits" idea="three_filters" points=1 hint="Here a large number is good. Compare the two."
### BEGIN HIDDEN TESTS
right = {"D": "generalises", "E": "underfits", "F": "overfits"}
check_equal({name: fits[name] for name in right}, right, "filters D, E and F")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. What makes images hard
#
# Multiplying is easy for the machine and hard for us. With pictures it is the other way round. You
# see a cat at a glance. The machine sees 300 × 100 × 3 = 90 000 numbers from 0 to 255. Now write
# the rule:
#
# ```python
# def predict(image):
#     # ???
#     return "cat"
# ```
#
# Nobody could. The numbers change completely where the cat does not:
#
# | word | what happens |
# |---|---|
# | `viewpoint` | the camera moves |
# | `lighting` | bright or dark |
# | `deformation` | the animal bends |
# | `occlusion` | a part is hidden |
# | `clutter` | the background looks the same |
# | `variation` | members of one class look different |
#
# **Your turn.** Which word belongs to which photo? Each is used once.
#
# - `sofa`: only the tail shows, behind a sofa
# - `carpet`: a grey cat on a grey carpet
# - `roof`: seen from the roof above
# - `candle`: by candle light
# - `yoga`: asleep, rolled up like a bun
# - `breeds`: a Persian, a Siamese and a Sphynx

# %% solution="difficulties"
difficulties = {
    "sofa": "?",
    "carpet": "?",
    "roof": "?",
    "candle": "?",
    "yoga": "?",
    "breeds": "?",
}
### BEGIN SOLUTION
difficulties.update(sofa="occlusion", carpet="clutter", roof="viewpoint")
difficulties.update(candle="lighting", yoga="deformation", breeds="variation")
### END SOLUTION

# %% tests="difficulties" points=1
check_equal(
    {difficulties[photo] for photo in ["sofa", "carpet", "roof", "candle", "yoga", "breeds"]},
    {"viewpoint", "lighting", "deformation", "occlusion", "clutter", "variation"},
    "the words in `difficulties`",
)

# %% tests="difficulties" idea="six_photos" points=1 hint="What changed: camera, light, cat, scene?"
### BEGIN HIDDEN TESTS
right = {"sofa": "occlusion", "carpet": "clutter", "roof": "viewpoint"}
right |= {"candle": "lighting", "yoga": "deformation", "breeds": "variation"}
check_equal({photo: difficulties[photo] for photo in right}, right, "the six photos")
### END HIDDEN TESTS

# %% [markdown]
# So one *learns*: `model = train(images, labels)`, then `predict(model, image)`. You wrote just
# that for bananas. But `longness` was your idea, not the machine's. For a long time people designed
# such features (특징) for images too, and only the last step was learned:
#
# | | features | classifier |
# |---|---|---|
# | feature engineering (특징 공학) | designed: colour histogram, HoG, SIFT | learned |
# | representation learning (표현 학습) | learned, layer by layer | learned |
#
# The second row is deep learning (딥러닝). In 2012 a deep network, AlexNet, won the ImageNet
# contest: 1000 classes, 1.2 million images to learn from, 50 000 to validate, 100 000 to test.
# (One slide's 100 000 holds for that year; other years had 150 000.)
#
# ## 6. History and tools
#
# - **First spring.** Rosenblatt's perceptron (퍼셉트론), one unit with a threshold (TLU), learned to
#   classify. Two years later Samuel named machine learning. Ten years after that, a book by Minsky
#   and Papert showed that one perceptron cannot compute XOR. The first winter began.
# - **Second spring.** Backpropagation (역전파) trains several layers. Werbos found it in 1974 and
#   wrote of it again in 1982; it spread when Rumelhart, Hinton and Williams published it, 17 years
#   after the XOR book. Nine years later LeCun's group compared methods for handwritten digits; many
#   layers still trained badly. The second winter began.
# - **Deep learning.** Hinton, with support from the Canadian institute CIFAR, found good first
#   weights for many layers, Bengio followed a year later (2007). AlexNet came six years after
#   Hinton's paper. In AlexNet's year, too, errors on handwritten digits (MNIST) fell to 0.23 %.
#   Four years later came AlphaGo.
#
# Since then, networks colour old photos, describe pictures in words, interview patients
# (SimSensei) and paint (deep dream).
#
# **Your turn.** Give each event its year, as a number. Each is used once: 1957, 1959, 1969, 1986,
# 1995, 2006, 2012, 2016.

# %% solution="years"
years = {
    "perceptron": "?",
    "checkers": "?",  # Samuel
    "XOR book": "?",
    "backpropagation": "?",  # when it spread
    "LeCun": "?",
    "Hinton": "?",
    "AlexNet": "?",
    "AlphaGo": "?",
}
### BEGIN SOLUTION
years.update({"perceptron": 1957, "checkers": 1959, "XOR book": 1969, "backpropagation": 1986})
years.update({"LeCun": 1995, "Hinton": 2006, "AlexNet": 2012, "AlphaGo": 2016})
### END SOLUTION

# %% tests="years" points=1
early = ["perceptron", "checkers", "XOR book", "backpropagation"]
late = ["LeCun", "Hinton", "AlexNet", "AlphaGo"]
check_equal(
    {years[event] for event in early + late},
    {1957, 1959, 1969, 1986, 1995, 2006, 2012, 2016},
    "the years that you used",
)

# %% tests="years" idea="two_springs" points=1 hint="The text says how many years lie between."
### BEGIN HIDDEN TESTS
right = {"perceptron": 1957, "checkers": 1959, "XOR book": 1969, "backpropagation": 1986}
check_equal({event: years[event] for event in right}, right, "from the perceptron to 1986")
### END HIDDEN TESTS

# %% tests="years" idea="deep_learning" points=1 hint="Which came first: weights, images or Go?"
### BEGIN HIDDEN TESTS
right = {"LeCun": 1995, "Hinton": 2006, "AlexNet": 2012, "AlphaGo": 2016}
check_equal({event: years[event] for event in right}, right, "from LeCun to AlphaGo")
### END HIDDEN TESTS

# %% [markdown]
# Your timeline, one dot a year:

# %% show="timeline"
for event in sorted(years, key=years.get):
    print(f"{years[event]} {'·' * (years[event] - 1957)}● {event}")

# %% [markdown]
# **Tools.** TensorFlow 1 first built a graph, then a *session* ran it. TensorFlow 2 and PyTorch are
# eager: each line computes at once, as in NumPy. Keras writes a network in a few lines and leaves
# the computing to JAX, TensorFlow or PyTorch. (Slides with `tf.Session`, CNTK or Theano are from
# older times.)
#
# **Families.** DNN: many layers. CNN: images. RNN, with its kinds LSTM and GRU: sequences.
#
# **Neighbours.** Symbolic AI (기호주의) works with rules that people wrote down. Statistics (통계학)
# asks above all what explains the data, and how sure we are. Machine learning asks above all how
# well we predict new data.
#
# **Your turn.** `True` or `False`, without quotes?
#
# | name | statement |
# |---|---|
# | a | The same Keras code can run on PyTorch and on JAX. |
# | b | TensorFlow 2 needs a session to add 1 and 1. |
# | c | To translate a sentence, an LSTM fits better than a colour histogram. |
# | d | HoG and SIFT are features that a deep network has learned. |
# | e | Symbolic AI finds its rules in examples. |
# | f | A model may explain all past data and still predict badly. |

# %% solution="facts"
facts = {
    "a": "?",
    "b": "?",
    "c": "?",
    "d": "?",
    "e": "?",
    "f": "?",
}
### BEGIN SOLUTION
facts.update(a=True, b=False, c=True, d=False, e=False, f=True)
### END SOLUTION

# %% tests="facts" points=1
check_equal({facts[name] for name in "abcdef"}, {True, False}, "the values in `facts`")

# %% tests="facts" idea="tools" points=1 hint="Which tools are eager? What does Keras use?"
### BEGIN HIDDEN TESTS
check_equal({name: facts[name] for name in "ab"}, {"a": True, "b": False}, "a and b")
### END HIDDEN TESTS

# %% tests="facts" idea="methods" points=1 hint="Who made it: a person, or an algorithm with data?"
### BEGIN HIDDEN TESTS
right = {"c": True, "d": False, "e": False, "f": True}
check_equal({name: facts[name] for name in right}, right, "c, d, e and f")
### END HIDDEN TESTS

# %% [markdown] manual="own_example" points=1
# **In your own words.** Some answers are read by a person. Name one thing on your phone that
# learns. What are its T, E and P?
#
# ### BEGIN SOLUTION
# The keyboard suggests the next word. T: predict the next word. E: what people have typed before,
# I among them. P: the share of suggestions that are taken.
#
# (Any program that improves with data counts. The point is for three parts that fit together: P
# must measure T, and E must be data, not hardware or rules.)
# ### END SOLUTION

# %% [markdown]
# ## What you can do now
#
# - Work with cells, checks and hidden checks. Read the last line of a red text first.
# - Name T, E and P. Tell a rule from a learned rule, and a name from an amount.
# - Judge a model by data that it has not seen.
#
# Now *Restart Kernel and Run All Cells*, look for red, and hand in. Next comes day 1: lists become
# arrays, and loops disappear.
