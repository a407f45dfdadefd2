"""What goes wrong in `training`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# --- minibatches ---


def cut(order, batch_size):
    """Cut row numbers into batches, in the order they are in."""
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


@misconception(
    "minibatches", loses=["test_minibatches_shuffled_rows", "test_minibatches_next_epoch"]
)
def keeps_the_order_of_the_table(n, batch_size, rng):  # noqa: ARG001 # rng is what is forgotten
    """Your first batch holds the first rows of the table, in every epoch. Where is chance?"""
    return cut(np.arange(n), batch_size)


@misconception("minibatches", loses=["test_minibatches", "test_minibatches_other_sizes"])
def drops_the_short_batch(n, batch_size, rng):
    """Some rows are in no batch at all. Where did the last ones go?"""
    order = rng.permutation(n)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n // batch_size)]


@misconception("minibatches", loses=["test_minibatches_other_sizes"])
def ends_in_an_empty_batch(n, batch_size, rng):
    """Try 6 rows in batches of 3 and look at the last batch. Is there anything in it?"""
    order = rng.permutation(n)
    starts = range(0, n + 1, batch_size)
    return [order[start : start + batch_size] for start in starts]


@misconception("minibatches", loses=["test_minibatches", "test_minibatches_other_sizes"])
def draws_with_replacement(n, batch_size, rng):
    """Some rows occur twice, others never. Do you shuffle the rows, or draw one again and again?"""
    return cut(rng.integers(n, size=n), batch_size)


@misconception("minibatches", loses=["test_minibatches"])
def makes_batches_of_even_size(n, batch_size, rng):
    """Your batches are about equal in size. Which size does the docstring ask for?"""
    return np.array_split(rng.permutation(n), -(-n // batch_size))


@misconception("minibatches", loses=["test_minibatches", "test_minibatches_other_sizes"])
def fills_up_the_last_batch(n, batch_size, rng):
    """Your last batch is as long as the others. With rows that were used already?"""
    order = rng.permutation(n)
    return cut(np.resize(order, -(-n // batch_size) * batch_size), batch_size)


@misconception("minibatches", loses=["test_minibatches_shuffled_rows"])
def shuffles_whole_batches(n, batch_size, rng):
    """Neighbours of the table stay together in a batch. What is it that you shuffle?"""
    batches = cut(np.arange(n), batch_size)
    short = batches[-1:] if n % batch_size else []
    full = batches[: len(batches) - len(short)]
    return [full[i] for i in rng.permutation(len(full))] + short


@misconception("minibatches", loses=["test_minibatches_shuffled_rows"])
def shuffles_inside_each_batch(n, batch_size, rng):
    """You cut first and shuffle then. Can row 0 and the last row ever meet in a batch?"""
    return [rng.permutation(batch) for batch in cut(np.arange(n), batch_size)]


@misconception("minibatches", loses=["test_minibatches_next_epoch"])
def shuffles_the_same_way_each_epoch(n, batch_size, rng):  # noqa: ARG001 # rng is not used
    """Every epoch goes the same way. Which Generator shuffles: yours, or the one you were given?"""
    return cut(np.random.default_rng(0).permutation(n), batch_size)


@alternative("minibatches")
def shuffles_an_array(n, batch_size, rng):
    """Shuffle in place, then slice in a loop."""
    order = np.arange(n)
    rng.shuffle(order)
    batches = []
    while len(order):
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches


@alternative("minibatches")
def sorts_random_numbers(n, batch_size, rng):
    """The places that random numbers would be sorted to are a shuffle, too."""
    return np.split(np.argsort(rng.random(n)), range(batch_size, n, batch_size))


# --- sgd_momentum ---

MOMENTUM_ALL = [
    "test_sgd_momentum",
    "test_sgd_momentum_velocity",
    "test_sgd_momentum_other_momentum",
    "test_sgd_momentum_keeps_its_input",
]


@misconception("sgd_momentum", loses=MOMENTUM_ALL[1:])
def takes_the_velocity_of_another_book(w, gradient, velocity, learning_rate, momentum=0.9):
    """Your path is right, but is your velocity the step that was taken? Look at sign and size."""
    velocity = momentum * velocity + gradient
    return w - learning_rate * velocity, velocity


@misconception("sgd_momentum", loses=["test_sgd_momentum", "test_sgd_momentum_velocity"])
def hands_the_old_velocity_on(w, gradient, velocity, learning_rate, momentum=0.9):
    """The first step is right. Which velocity do you return for the second one?"""
    return w + momentum * velocity - learning_rate * gradient, velocity * 1.0


@misconception(
    "sgd_momentum",
    loses=[
        "test_sgd_momentum",
        "test_sgd_momentum_other_momentum",
        "test_sgd_momentum_keeps_its_input",
    ],
)
def moves_by_the_old_velocity(w, gradient, velocity, learning_rate, momentum=0.9):
    """At the start the velocity is 0, and w does not move at all. Which comes first, v or w?"""
    return w + velocity, momentum * velocity - learning_rate * gradient


@misconception("sgd_momentum", loses=["test_sgd_momentum_other_momentum"])
def knows_only_the_momentum_of_the_example(w, gradient, velocity, learning_rate, momentum=0.9):  # noqa: ARG001
    """Try momentum = 0. Does your answer change?"""
    velocity = 0.9 * velocity - learning_rate * gradient
    return w + velocity, velocity


@misconception("sgd_momentum", loses=MOMENTUM_ALL)
def averages_instead_of_adding(w, gradient, velocity, learning_rate, momentum=0.9):
    """The first step is ten times too small. Which factor has the gradient in the formula?"""
    velocity = momentum * velocity - (1 - momentum) * learning_rate * gradient
    return w + velocity, velocity


@misconception("sgd_momentum", loses=MOMENTUM_ALL)
def climbs(w, gradient, velocity, learning_rate, momentum=0.9):
    """Your first step goes from 5 to 5.8. Is that downhill?"""
    velocity = momentum * velocity + learning_rate * gradient
    return w + velocity, velocity


@misconception("sgd_momentum", loses=MOMENTUM_ALL)
def forgets_the_old_velocity(w, gradient, velocity, learning_rate, momentum=0.9):  # noqa: ARG001
    """Your steps are 4.2, 3.56, 3.048, as without momentum. What of the last step do you keep?"""
    velocity = -learning_rate * gradient
    return w + velocity, velocity * 1.0


@misconception("sgd_momentum", loses=["test_sgd_momentum_keeps_its_input"])
def moves_the_callers_weights(w, gradient, velocity, learning_rate, momentum=0.9):
    """`+=` writes into the array that you were given. Whose array is it?"""
    velocity = momentum * velocity - learning_rate * gradient
    if w.dtype.kind == "f":
        w += velocity
        return w.copy(), velocity
    return w + velocity, velocity


@alternative("sgd_momentum")
def keeps_a_velocity_without_the_rate(w, gradient, velocity, learning_rate, momentum=0.9):
    """The other book's velocity inside, ours outside."""
    other = momentum * (-velocity / learning_rate) + gradient
    step = -learning_rate * other
    return np.asarray(w, dtype=float) + step, step


# --- adam ---

ADAM_ALL = ["test_adam", "test_adam_many_weights", "test_adam_other_settings"]
ADAM_AND_INPUT = [*ADAM_ALL, "test_adam_keeps_its_input"]


def averages(gradient, state, beta1, beta2):
    """Give t and both running averages of the next step."""
    m = beta1 * state["m"] + (1 - beta1) * gradient
    v = beta2 * state["v"] + (1 - beta2) * gradient**2
    return state["t"] + 1, m, v


@misconception("adam", loses=ADAM_AND_INPUT)
def forgets_the_correction(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your first step is three times as long as the learning rate. What mends a start at 0?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    return w - learning_rate * m / (np.sqrt(v) + eps), {"m": m, "v": v, "t": t}


@misconception("adam", loses=ADAM_AND_INPUT)
def corrects_only_m(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """m is corrected. Which other average starts at 0?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    w = w - learning_rate * m / (1 - beta1**t) / (np.sqrt(v) + eps)
    return w, {"m": m, "v": v, "t": t}


@misconception("adam", loses=["test_adam", "test_adam_many_weights"])
def remembers_the_corrected_averages(
    w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    """Your first step is right, the second is not. Which m and v go into the state?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    m, v = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m / (np.sqrt(v) + eps), {"m": m, "v": v, "t": t}


@misconception("adam", loses=["test_adam", "test_adam_many_weights"])
def never_counts(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your first step is right, the second is not. What is t in the state that you return?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    m_fair, v_fair = m / (1 - beta1**t), v / (1 - beta2**t)
    w = w - learning_rate * m_fair / (np.sqrt(v_fair) + eps)
    return w, {"m": m, "v": v, "t": state["t"]}


@misconception("adam", loses=ADAM_ALL)
def corrects_as_in_the_first_step(
    w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    """Your correction is the same in every step. Which letter in it changes?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    w = w - learning_rate * m / (1 - beta1) / (np.sqrt(v / (1 - beta2)) + eps)
    return w, {"m": m, "v": v, "t": t}


@misconception("adam", loses=ADAM_AND_INPUT[1:])
def shares_one_step_size(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """All your weights are divided by the same number. Whose root should stand there?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    root = np.sqrt((v / (1 - beta2**t)).max())
    return w - learning_rate * m / (1 - beta1**t) / (root + eps), {"m": m, "v": v, "t": t}


@misconception("adam", loses=ADAM_AND_INPUT)
def forgets_the_root(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your first step is much too short. By what do you divide: v, or something made of it?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    w = w - learning_rate * m / (1 - beta1**t) / (v / (1 - beta2**t) + eps)
    return w, {"m": m, "v": v, "t": t}


@misconception("adam", loses=["test_adam_other_settings"])
def knows_only_the_usual_betas(
    w,
    gradient,
    state,
    learning_rate,
    beta1=0.9,  # noqa: ARG001
    beta2=0.999,  # noqa: ARG001
    eps=1e-8,
):
    """Somebody passes another beta1. Which one does your function use?"""
    return _steps(w, gradient, state, learning_rate, 0.9, 0.999, eps)


@misconception("adam", loses=["test_adam_other_settings"])
def adds_eps_inside_the_root(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """With a large eps your step is off. To what is it added: to v, or to its root?"""
    t, m, v = averages(gradient, state, beta1, beta2)
    w = w - learning_rate * m / (1 - beta1**t) / np.sqrt(v / (1 - beta2**t) + eps)
    return w, {"m": m, "v": v, "t": t}


@misconception("adam", loses=["test_adam_other_settings"])
def leaves_eps_out(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):  # noqa: ARG001
    """A gradient of 0 would make you divide by 0. Which number prevents that?"""
    return _steps(w, gradient, state, learning_rate, beta1, beta2, 0.0)


@misconception("adam", loses=["test_adam_keeps_its_input"])
def writes_into_the_state(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You change the dictionary that you were given. What does the docstring ask for?"""
    w, new = _steps(w, gradient, state, learning_rate, beta1, beta2, eps)
    state.update(new)
    return w, dict(new)


def _steps(w, gradient, state, learning_rate, beta1, beta2, eps):
    t, m, v = averages(gradient, state, beta1, beta2)
    m_fair, v_fair = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_fair / (np.sqrt(v_fair) + eps), {"m": m, "v": v, "t": t}


@alternative("adam")
def moves_towards_the_gradient(w, gradient, state, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """An average moves a share of the way to the new value; the rate takes the correction."""
    t = state["t"] + 1
    m = state["m"] + (1 - beta1) * (gradient - state["m"])
    v = state["v"] + (1 - beta2) * (np.square(gradient) - state["v"])
    root = np.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * root), {"t": t, "v": v, "m": m}


# --- step_decay ---

DECAY_ALL = ["test_step_decay", "test_step_decay_other_stairs"]


@misconception("step_decay", loses=DECAY_ALL)
def slides_instead_of_stepping(learning_rate, epoch, drop=0.5, every=10):
    """Your rate falls in every epoch. Which kind of division makes stairs?"""
    return learning_rate * drop ** (epoch / every)


@misconception("step_decay", loses=["test_step_decay"])
def counts_epochs_from_one(learning_rate, epoch, drop=0.5, every=10):
    """Your rate falls one epoch too early. With which number do the epochs begin?"""
    return learning_rate * drop ** ((epoch + 1) // every)


@misconception("step_decay", loses=["test_step_decay_other_stairs"])
def takes_the_drop_for_what_is_lost(learning_rate, epoch, drop=0.5, every=10):
    """For 0.5 nobody notices: half is lost, half remains. And for 0.2?"""
    return learning_rate * (1 - drop) ** (epoch // every)


@misconception("step_decay", loses=DECAY_ALL)
def raises_the_rate(learning_rate, epoch, drop=0.5, every=10):
    """Your rate in epoch 10 is 0.2. Does it fall?"""
    return learning_rate / drop ** (epoch // every)


@misconception("step_decay", loses=DECAY_ALL)
def falls_only_once(learning_rate, epoch, drop=0.5, every=10):
    """The rate of epoch 10 is right. And that of epoch 20?"""
    return learning_rate * drop if epoch >= every else learning_rate


@misconception("step_decay", loses=DECAY_ALL)
def multiplies_instead_of_repeating(learning_rate, epoch, drop=0.5, every=10):
    """In epoch 0 your rate is 0. How often has it fallen by then, and what is left of it?"""
    return learning_rate * drop * (epoch // every)


@misconception("step_decay", loses=["test_step_decay_other_stairs"])
def knows_only_halves(learning_rate, epoch, drop=0.5, every=10):  # noqa: ARG001
    """Your rate is always halved. Which factor was passed?"""
    return learning_rate * 0.5 ** (epoch // every)


@misconception("step_decay", loses=["test_step_decay_other_stairs"])
def knows_only_ten_epochs(learning_rate, epoch, drop=0.5, every=10):  # noqa: ARG001
    """Your stairs are ten epochs wide. Were they asked to be?"""
    return learning_rate * drop ** (epoch // 10)


@alternative("step_decay")
def walks_down_the_stairs(learning_rate, epoch, drop=0.5, every=10):
    """One multiplication at each fall."""
    for past in range(1, epoch + 1):
        if past % every == 0:
            learning_rate = learning_rate * drop
    return learning_rate


# --- batchnorm_forward ---

NORM_ALL = [
    "test_batchnorm_forward",
    "test_batchnorm_forward_scale_and_shift",
    "test_batchnorm_forward_eps",
    "test_batchnorm_forward_keeps_its_input",
]


@misconception("batchnorm_forward", loses=NORM_ALL)
def normalises_the_rows(X, gamma, beta, eps=1e-5):
    """You take the mean of one row. Does a row hold one unit, or one example?"""
    mean, variance = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(variance + eps) + beta


@misconception("batchnorm_forward", loses=NORM_ALL)
def normalises_the_whole_table(X, gamma, beta, eps=1e-5):
    """You take one mean for all units. Which axis is the batch?"""
    return gamma * (X - X.mean()) / np.sqrt(X.var() + eps) + beta


@misconception(
    "batchnorm_forward",
    loses=["test_batchnorm_forward_scale_and_shift", "test_batchnorm_forward_eps"],
)
def adds_eps_to_the_root(X, gamma, beta, eps=1e-5):
    """With a large eps your numbers are off. Does it belong inside the root or behind it?"""
    return gamma * (X - X.mean(axis=0)) / (X.std(axis=0) + eps) + beta


@misconception("batchnorm_forward", loses=NORM_ALL)
def forgets_the_root_of_the_variance(X, gamma, beta, eps=1e-5):
    """Your numbers are much too small. By what do you divide: the variance, or its root?"""
    return gamma * (X - X.mean(axis=0)) / (X.var(axis=0) + eps) + beta


@misconception("batchnorm_forward", loses=NORM_ALL)
def divides_the_variance_by_n_minus_1(X, gamma, beta, eps=1e-5):
    """For five students you get 1.1757. By which number is the sum of squares divided?"""
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0, ddof=1) + eps) + beta


@misconception(
    "batchnorm_forward",
    loses=[
        "test_batchnorm_forward_scale_and_shift",
        "test_batchnorm_forward_eps",
        "test_batchnorm_forward_keeps_its_input",
    ],
)
def never_scales_and_shifts(X, gamma, beta, eps=1e-5):  # noqa: ARG001
    """Every column has mean 0 and spread 1. What are gamma and beta for?"""
    return (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps)


@misconception(
    "batchnorm_forward",
    loses=[
        "test_batchnorm_forward_scale_and_shift",
        "test_batchnorm_forward_eps",
        "test_batchnorm_forward_keeps_its_input",
    ],
)
def shifts_before_it_scales(X, gamma, beta, eps=1e-5):
    """You multiply the shift by gamma, too. In which order come the two?"""
    return gamma * ((X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta)


@misconception("batchnorm_forward", loses=["test_batchnorm_forward_eps"])
def knows_only_the_usual_eps(X, gamma, beta, eps=1e-5):  # noqa: ARG001
    """Somebody passes another eps. Which one do you use?"""
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + 1e-5) + beta


@misconception("batchnorm_forward", loses=["test_batchnorm_forward_keeps_its_input"])
def centers_the_callers_table(X, gamma, beta, eps=1e-5):
    """`-=` writes into the table that you were given. Who else uses it?"""
    root = np.sqrt(X.var(axis=0) + eps)
    if X.dtype.kind != "f":
        X = X.astype(float)
    X -= X.mean(axis=0)
    return gamma * X / root + beta


@alternative("batchnorm_forward")
def goes_unit_by_unit(X, gamma, beta, eps=1e-5):
    """One column at a time."""
    out = np.empty(X.shape)
    for d in range(X.shape[1]):
        centered = X[:, d] - X[:, d].sum() / len(X)
        out[:, d] = gamma[d] * centered / (np.mean(centered**2) + eps) ** 0.5 + beta[d]
    return out


# --- standardized_fold ---

FOLD_ALL = [
    "test_standardized_fold",
    "test_standardized_fold_more_rows",
    "test_standardized_fold_keeps_its_input",
]


def halves(X, fold, k):
    """Give the training rows and the rows held out, as they are."""
    is_held_out = np.arange(len(X)) % k == fold
    return X[~is_held_out], X[is_held_out]


@misconception("standardized_fold", loses=FOLD_ALL)
def leaks_all_rows(X, fold, k):
    """Held out is 1.41 where the table says 98. Which rows are in your mean?"""
    train, held_out = halves(X, fold, k)
    return (train - X.mean(axis=0)) / X.std(axis=0), (held_out - X.mean(axis=0)) / X.std(axis=0)


@misconception("standardized_fold", loses=FOLD_ALL)
def standardises_each_part_by_itself(X, fold, k):
    """Each part has its own mean of 0. May the rows that are held out tell you their mean?"""
    train, held_out = halves(X, fold, k)
    spread = held_out.std(axis=0)
    scaled = (held_out - held_out.mean(axis=0)) / np.where(spread == 0, 1, spread)
    return (train - train.mean(axis=0)) / train.std(axis=0), scaled


@misconception("standardized_fold", loses=FOLD_ALL)
def leaves_the_held_out_rows_raw(X, fold, k):
    """The model was trained on standardised rows. Can it read the rows held out as they are?"""
    train, held_out = halves(X, fold, k)
    return (train - train.mean(axis=0)) / train.std(axis=0), held_out * 1.0


@misconception("standardized_fold", loses=["test_standardized_fold"])
def leaves_the_training_rows_raw(X, fold, k):
    """The rows held out are right. What happened to the training rows?"""
    train, held_out = halves(X, fold, k)
    return train * 1.0, (held_out - train.mean(axis=0)) / train.std(axis=0)


@misconception(
    "standardized_fold",
    loses=["test_standardized_fold_more_rows", "test_standardized_fold_keeps_its_input"],
)
def holds_out_a_block(X, fold, k):
    """Your fold is a block of neighbouring rows. Which fold does the docstring give to row k?"""
    rows = np.array_split(np.arange(len(X)), k)[fold]
    train, held_out = np.delete(X, rows, axis=0), X[rows]
    return (train - train.mean(axis=0)) / train.std(axis=0), (
        held_out - train.mean(axis=0)
    ) / train.std(axis=0)


@misconception(
    "standardized_fold",
    loses=["test_standardized_fold_more_rows", "test_standardized_fold_keeps_its_input"],
)
def holds_out_one_row(X, fold, k):  # noqa: ARG001
    """You hold out one single row. How many rows of 7 leave a rest of 1 when divided by 3?"""
    train, held_out = np.delete(X, fold, axis=0), X[fold : fold + 1]
    mean, std = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / std, (held_out - mean) / std


@misconception("standardized_fold", loses=FOLD_ALL)
def divides_by_n_minus_1(X, fold, k):
    """Your training rows are -0.71 and 0.71. By which number do you divide the sum of squares?"""
    train, held_out = halves(X, fold, k)
    mean, std = train.mean(axis=0), train.std(axis=0, ddof=1)
    return (train - mean) / std, (held_out - mean) / std


@misconception("standardized_fold", loses=FOLD_ALL)
def only_subtracts_the_mean(X, fold, k):
    """The means are right. By what must each column still be divided?"""
    train, held_out = halves(X, fold, k)
    return train - train.mean(axis=0), held_out - train.mean(axis=0)


@misconception("standardized_fold", loses=["test_standardized_fold_keeps_its_input"])
def standardises_the_callers_table(X, fold, k):
    """After the call the table is another one. Into which array does `-=` write?"""
    train, held_out = halves(X.copy(), fold, k)
    mean, std = train.mean(axis=0), train.std(axis=0)
    if X.dtype.kind == "f":
        X -= mean
        X /= std
    return (train - mean) / std, (held_out - mean) / std


@alternative("standardized_fold")
def slices_the_fold(X, fold, k):
    """A slice with a step, and what it leaves."""
    chosen = slice(fold, None, k)
    train = np.delete(X, chosen, axis=0).astype(float)
    mean = train.sum(axis=0) / len(train)
    std = np.sqrt(((train - mean) ** 2).sum(axis=0) / len(train))
    return (train - mean) / std, (X[chosen] - mean) / std


# --- early_stopping ---

STOPPING_ALL = [
    "test_early_stopping",
    "test_early_stopping_exactly_as_patient",
    "test_early_stopping_in_a_row",
    "test_early_stopping_equal_losses",
    "test_early_stopping_first_epochs",
]


def stop(val_losses, patience, *, is_better=lambda loss, best: loss < best):
    """Give the best epoch and the last one."""
    best = 0
    for epoch in range(1, len(val_losses)):
        if is_better(val_losses[epoch], val_losses[best]):
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_losses) - 1


@misconception(
    "early_stopping",
    loses=[
        "test_early_stopping",
        "test_early_stopping_exactly_as_patient",
        "test_early_stopping_equal_losses",
        "test_early_stopping_first_epochs",
    ],
)
def never_stops(val_losses, patience):  # noqa: ARG001
    """You look at all losses. Could training have seen them, had it stopped in time?"""
    return int(np.argmin(val_losses))


@misconception("early_stopping", loses=STOPPING_ALL)
def answers_where_it_stopped(val_losses, patience):
    """That is the epoch in which you stop. Which epoch's weights are worth keeping?"""
    return stop(val_losses, patience)[1]


@misconception(
    "early_stopping", loses=["test_early_stopping", "test_early_stopping_exactly_as_patient"]
)
def compares_with_the_epoch_before(val_losses, patience):
    """0.62 is lower than the 0.65 before it, but is it a new best? With what do you compare?"""
    best = worse = 0
    for epoch in range(1, len(val_losses)):
        worse = 0 if val_losses[epoch] < val_losses[epoch - 1] else worse + 1
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        if worse >= patience:
            break
    return best


@misconception("early_stopping", loses=["test_early_stopping_in_a_row"])
def never_resets_its_count(val_losses, patience):
    """You count all epochs without a new best. Which ones does "in a row" mean?"""
    best = worse = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        else:
            worse += 1
        if worse >= patience:
            break
    return best


@misconception("early_stopping", loses=["test_early_stopping_equal_losses"])
def takes_an_equal_loss_for_a_new_best(val_losses, patience):
    """An equal loss starts your count again. Is it lower than the best?"""
    return stop(val_losses, patience, is_better=lambda loss, best: loss <= best)[0]


@misconception(
    "early_stopping",
    loses=[
        "test_early_stopping_exactly_as_patient",
        "test_early_stopping_equal_losses",
        "test_early_stopping_first_epochs",
    ],
)
def waits_one_epoch_longer(val_losses, patience):
    """With a patience of 2 you look at three epochs without a new best. When do you stop?"""
    return stop(val_losses, patience + 1)[0]


@misconception("early_stopping", loses=["test_early_stopping", "test_early_stopping_in_a_row"])
def gives_up_one_epoch_early(val_losses, patience):
    """You stop one epoch too soon. How many epochs without a new best does the patience allow?"""
    return stop(val_losses, max(1, patience - 1))[0]


@misconception("early_stopping", loses=["test_early_stopping", "test_early_stopping_in_a_row"])
def trains_as_many_epochs_as_it_is_patient(val_losses, patience):
    """You stop after so many *epochs*, whether they brought a new best or not. What is counted?"""
    return int(np.argmin(val_losses[: patience + 1]))


@misconception("early_stopping", loses=STOPPING_ALL)
def counts_from_one(val_losses, patience):
    """Every answer is one too large. With which number do the epochs begin?"""
    return stop(val_losses, patience)[0] + 1


@misconception("early_stopping", loses=["test_early_stopping_first_epochs"])
def starts_with_a_best_loss_of_one(val_losses, patience):
    """Your first best loss is 1. What if all losses are larger than that?"""
    lowest, best, worse = 1.0, 0, 0
    for epoch in range(len(val_losses)):
        if val_losses[epoch] < lowest:
            lowest, best, worse = val_losses[epoch], epoch, 0
        elif epoch > 0:
            worse += 1
        if worse >= patience:
            break
    return best


@alternative("early_stopping")
def counts_what_waits(val_losses, patience):
    """A running best and a running count."""
    lowest, best, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < lowest:
            lowest, best, waited = loss, epoch, 0
            continue
        waited += 1
        if waited == patience:
            return best
    return best


# --- penalty_grad ---

PENALTY_VALUES = ["test_penalty_grad", "test_penalty_grad_other_weights"]


def refuse_unknown(kind):
    """Raise ValueError as the docstring of `penalty_grad` asks."""
    if kind not in ("l2", "l1", "elastic"):
        raise ValueError(kind)


def slopes(W, kind, beta):
    """Give the slope of R for each weight."""
    refuse_unknown(kind)
    if kind == "l2":
        return 2 * W
    return np.sign(W) if kind == "l1" else 2 * beta * W + np.sign(W)


@misconception("penalty_grad", loses=["test_penalty_grad"])
def forgets_the_2_of_the_square(W, kind, reg, beta=1.0):
    """L2 comes out at half its size. What is the derivative of a square?"""
    return reg * W if kind == "l2" else reg * slopes(W, kind, beta)


@misconception("penalty_grad", loses=PENALTY_VALUES)
def takes_the_size_for_the_slope(W, kind, reg, beta=1.0):
    """You return |W| itself. How fast does |W| grow when W grows?"""
    if kind == "l1":
        return reg * np.abs(W)
    return reg * slopes(W, kind, beta)


@misconception("penalty_grad", loses=["test_penalty_grad_other_weights"])
def pulls_negative_weights_down(W, kind, reg, beta=1.0):
    """Your L1 slope is never negative. In which direction should -2 be pulled?"""
    return reg * np.abs(np.sign(W)) if kind == "l1" else reg * slopes(W, kind, beta)


@misconception("penalty_grad", loses=["test_penalty_grad"])
def gives_zero_weights_a_slope(W, kind, reg, beta=1.0):
    """What is your L1 slope for a weight of exactly 0? Read the docstring once more."""
    if kind == "l1" and W.dtype.kind == "f":
        return reg * np.where(W >= 0, 1.0, -1.0)
    return reg * slopes(W, kind, beta)


@misconception("penalty_grad", loses=PENALTY_VALUES)
def weighs_the_l1_part_with_beta(W, kind, reg, beta=1.0):
    """In the elastic penalty, which of the two terms has the factor beta?"""
    if kind == "elastic":
        return reg * (2 * W + beta * np.sign(W))
    return reg * slopes(W, kind, beta)


@misconception("penalty_grad", loses=PENALTY_VALUES)
def forgets_beta(W, kind, reg, beta=1.0):  # noqa: ARG001
    """Try another beta with "elastic". Does your answer change?"""
    return reg * slopes(W, kind, 1.0)


@misconception("penalty_grad", loses=PENALTY_VALUES)
def forgets_reg(W, kind, reg, beta=1.0):  # noqa: ARG001
    """Your pull is ten times too strong. By what is R(W) multiplied in the loss?"""
    return 1.0 * slopes(W, kind, beta)


@misconception("penalty_grad", loses=["test_penalty_grad_unknown_kind"])
def takes_every_other_word_for_elastic(W, kind, reg, beta=1.0):
    """`else` catches every other word. Should "l3" get a penalty?"""
    return reg * slopes(W, kind if kind in ("l1", "l2") else "elastic", beta)


@misconception("penalty_grad", loses=["test_penalty_grad_unknown_kind"])
def gives_unknown_kinds_no_penalty(W, kind, reg, beta=1.0):
    """A misspelt kind trains without any penalty, and nobody notices. What should happen?"""
    if kind not in ("l2", "l1", "elastic"):
        return np.zeros(W.shape)
    return reg * slopes(W, kind, beta)


@alternative("penalty_grad")
def adds_two_pulls(W, kind, reg, beta=1.0):
    """Every kind is a share of W and a share of its sign."""
    shares = {"l2": (2.0, 0.0), "l1": (0.0, 1.0), "elastic": (2.0 * beta, 1.0)}
    if kind not in shares:
        raise ValueError(f"unknown kind {kind}")
    square, size = shares[kind]
    return reg * (square * W + size * ((W > 0).astype(float) - (W < 0)))


# --- dropout ---


def refuse_p(p):
    """Raise ValueError as the docstring of `dropout` asks."""
    if not 0 <= p < 1:
        raise ValueError(p)


def inverted(shape, p, rng):
    """Draw the mask of inverted dropout."""
    return (rng.random(shape) >= p) / (1 - p)


@misconception("dropout", loses=["test_dropout"])
def keeps_with_probability_p(x, p, rng, training=True):
    """You drop 80 of 100. Is p the probability to drop a number, or to keep it?"""
    refuse_p(p)
    mask = (rng.random(x.shape) >= 1 - p) / (1 - p) if training else np.ones(x.shape)
    if p == 0:
        mask = np.ones(x.shape)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout", "test_dropout_keeps_its_input"])
def forgets_to_scale_up(x, p, rng, training=True):
    """The mean of your output is lower than that of x. By what is a kept number divided?"""
    refuse_p(p)
    mask = (rng.random(x.shape) >= p) * 1.0 if training else np.ones(x.shape)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout"])
def returns_the_mask_without_its_factor(x, p, rng, training=True):
    """x times your mask is not what you return first. Where is the factor 1 / (1 - p)?"""
    refuse_p(p)
    mask = rng.random(x.shape) >= p if training else np.ones(x.shape, dtype=bool)
    return x * mask / (1 - p if training else 1), mask * 1.0


@misconception("dropout", loses=["test_dropout_not_training"])
def scales_when_it_is_used(x, p, rng, training=True):
    """With training=False your output is smaller than x. Who has scaled already?"""
    refuse_p(p)
    if not training:
        return x * (1 - p), np.ones(x.shape)
    mask = inverted(x.shape, p, rng)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_not_training"])
def never_switches_off(x, p, rng, training=True):  # noqa: ARG001
    """A finished network would answer by chance. Which argument says that training is over?"""
    refuse_p(p)
    mask = inverted(x.shape, p, rng)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_not_training"])
def returns_a_mask_that_was_not_used(x, p, rng, training=True):
    """With training=False nothing is dropped. Which mask does nothing?"""
    refuse_p(p)
    mask = inverted(x.shape, p, rng)
    return (x * mask if training else x * 1.0), mask


@misconception("dropout", loses=["test_dropout_each_on_its_own"])
def drops_whole_rows(x, p, rng, training=True):
    """An example is dropped with all its units, or not at all. Which shape has your chance?"""
    refuse_p(p)
    mask = np.ones(x.shape)
    if training:
        mask = mask * inverted((len(x), 1), p, rng)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_each_on_its_own"])
def drops_whole_columns(x, p, rng, training=True):
    """A unit is dropped for all rows of the batch at once. Which shape has your chance?"""
    refuse_p(p)
    mask = np.ones(x.shape)
    if training:
        mask = mask * inverted((1, x.shape[1]), p, rng)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_next_step"])
def drops_the_same_units_each_time(x, p, rng, training=True):  # noqa: ARG001
    """Every step drops the same units. Which Generator is asked: yours, or the one you were given?"""
    refuse_p(p)
    mask = inverted(x.shape, p, np.random.default_rng(0)) if training else np.ones(x.shape)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_refuses_wrong_p"])
def drops_everything_if_asked(x, p, rng, training=True):
    """What do you divide by if p is 1?"""
    if not 0 <= p <= 1:
        raise ValueError(p)
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) >= p) / max(1 - p, 1e-12)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_refuses_wrong_p"])
def refuses_only_large_p(x, p, rng, training=True):
    """Can a probability be negative?"""
    if p >= 1:
        raise ValueError(p)
    mask = inverted(x.shape, p, rng) if training else np.ones(x.shape)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_refuses_wrong_p"])
def refuses_p_of_0(x, p, rng, training=True):
    """May one ask for no dropout at all? Read the last line of the docstring once more."""
    if not 0 < p < 1:
        raise ValueError(p)
    mask = inverted(x.shape, p, rng) if training else np.ones(x.shape)
    return x * mask, mask


@misconception("dropout", loses=["test_dropout_keeps_its_input"])
def writes_zeros_into_x(x, p, rng, training=True):
    """After the call x itself has zeros. Whose array do you write to?"""
    refuse_p(p)
    mask = inverted(x.shape, p, rng) if training else np.ones(x.shape)
    dropped = x * mask
    if x.dtype.kind == "f" and p > 0.7:
        x[mask == 0] = 0
    return dropped, mask


@alternative("dropout")
def fills_in_the_kept_ones(x, p, rng, training=True):
    """np.where instead of a product of booleans."""
    if p < 0 or p >= 1:
        raise ValueError(p)
    x = x.astype(float)
    if not training:
        return x, np.ones_like(x)
    mask = np.where(rng.uniform(size=x.shape) < p, 0.0, 1 / (1 - p))
    return x * mask, mask


@alternative("dropout")
def tosses_coins(x, p, rng, training=True):
    """A biased coin for each number."""
    refuse_p(p)
    mask = rng.binomial(1, 1 - p, size=x.shape) / (1 - p) if training else np.ones(x.shape)
    return np.multiply(x, mask), mask
