"""What goes wrong in `recurrence`, and what is right another way."""

from autograder.catalogue import alternative, misconception

# --- rnn_step ---

STEP_STATE = "test_rnn_step_old_state"
STEP_MANY = "test_rnn_step_many_sequences"
STEP_KEEPS = "test_rnn_step_keeps_its_input"
STEP_VALUES = [STEP_STATE, STEP_MANY, STEP_KEEPS]
STEP_ALL = ["test_rnn_step", *STEP_VALUES]


@misconception("rnn_step", loses=STEP_VALUES)
def forgets_the_old_state(x, h, Wx, Wh, b):  # noqa: ARG001 # h is what is forgotten
    """Your layer has no memory: change h, and nothing changes. Which term of the sum is missing?"""
    return np.tanh(x @ Wx + b) + np.zeros(h.shape)


@misconception("rnn_step", loses=STEP_VALUES)
def transposes_the_recurrent_weights(x, h, Wx, Wh, b):
    """Wh is square, so its transpose fits too. Which of its axes does the old state meet?"""
    return np.tanh(x @ Wx + h @ Wh.T + b)


@misconception("rnn_step", loses=STEP_VALUES)
def adds_the_state_after_tanh(x, h, Wx, Wh, b):
    """Your state can leave the range from -1 to 1. What stands inside of tanh?"""
    return np.tanh(x @ Wx + b) + h @ Wh


@misconception("rnn_step", loses=STEP_VALUES)
def uses_the_state_without_weights(x, h, Wx, Wh, b):  # noqa: ARG001 # Wh is what is forgotten
    """The old state goes into the sum as it is. Which weights does it have to pass?"""
    return np.tanh(x @ Wx + h + b)


@misconception("rnn_step", loses=STEP_VALUES)
def lets_each_unit_see_itself_alone(x, h, Wx, Wh, b):
    """Each unit hears only its own past. Which numbers of Wh do you never use?"""
    return np.tanh(x @ Wx + h * np.diag(Wh) + b)


@misconception("rnn_step", loses=STEP_ALL)
def forgets_tanh(x, h, Wx, Wh, b):
    """The sum is right. What squeezes it into the range from -1 to 1?"""
    return x @ Wx + h @ Wh + b


@misconception("rnn_step", loses=STEP_ALL)
def squeezes_with_the_sigmoid(x, h, Wx, Wh, b):
    """None of your states is negative. Which activation does the formula name?"""
    return sigmoid(x @ Wx + h @ Wh + b)


@misconception("rnn_step", loses=STEP_ALL)
def forgets_the_bias_of_the_step(x, h, Wx, Wh, b):  # noqa: ARG001 # b is what is forgotten
    """You are off by a little, before tanh. Which term of the sum is missing?"""
    return np.tanh(x @ Wx + h @ Wh)


@misconception("rnn_step", loses=[STEP_STATE])
def takes_over_the_integers_of_the_state(x, h, Wx, Wh, b):
    """With integers in h, your states are 0, 1 or -1. Which dtype has the array you write into?"""
    new_h = np.zeros_like(h)
    new_h[...] = np.tanh(x @ Wx + h @ Wh + b)
    return new_h


@misconception("rnn_step", loses=[STEP_MANY])
def puts_the_weights_on_the_left(x, h, Wx, Wh, b):
    """For one sequence this is right. With N rows in x, which axis does Wx.T @ x sum over?"""
    return np.tanh(Wx.T @ x + Wh.T @ h + b)


@misconception("rnn_step", loses=[STEP_MANY])
def mixes_the_sequences(x, h, Wx, Wh, b):
    """Each sequence has a memory of its own. Do you average over them somewhere?"""
    old = h @ Wh
    if h.ndim == 2:
        old = old.mean(axis=0)
    return np.tanh(x @ Wx + old + b)


@misconception("rnn_step", loses=[STEP_STATE, STEP_KEEPS])
def writes_into_the_old_state(x, h, Wx, Wh, b):
    """The result is right, and h is lost. Whose array do you write into?"""
    h[...] = np.tanh(x @ Wx + h @ Wh + b)
    return h


@alternative("rnn_step")
def stacks_both_inputs(x, h, Wx, Wh, b):
    """One product: x beside h, Wx above Wh."""
    return np.tanh(np.concatenate([x, h], axis=-1) @ np.concatenate([Wx, Wh]) + b)


@alternative("rnn_step")
def sums_by_einsum(x, h, Wx, Wh, b):
    """The formula, index by index."""
    sums = np.einsum("...d,du->...u", x, Wx) + np.einsum("...k,ku->...u", h, Wh)
    return np.tanh(sums + b)


# --- rnn_forward ---

FORWARD_H0 = "test_rnn_forward_starts_with_h0"
FORWARD_ONE = "test_rnn_forward_one_step"
FORWARD_KEEPS = "test_rnn_forward_keeps_h0"
FORWARD_ALL = ["test_rnn_forward", FORWARD_H0, FORWARD_ONE, FORWARD_KEEPS]


def run_over(X, h, Wx, Wh, b):
    """The states h1 to hT, as a list."""
    states = []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h)
    return states


@misconception("rnn_forward", loses=[FORWARD_H0, FORWARD_ONE, FORWARD_KEEPS])
def always_starts_from_zero(X, h0, Wx, Wh, b):
    """You start from a state of zeros, whatever is asked. Which argument do you never use?"""
    return np.array(run_over(X, np.zeros(h0.shape), Wx, Wh, b))


@misconception("rnn_forward", loses=["test_rnn_forward", FORWARD_H0, FORWARD_KEEPS])
def starts_each_step_from_h0(X, h0, Wx, Wh, b):
    """Swap two early inputs: the last state stays the same. Which state does a step begin with?"""
    return np.tanh(X @ Wx + h0 @ Wh + b)


@misconception("rnn_forward", loses=FORWARD_ALL)
def keeps_the_states_before(X, h0, Wx, Wh, b):
    """Row 0 should be the state after the first input. Which one do you store there?"""
    return np.array([h0, *run_over(X, h0, Wx, Wh, b)[:-1]], dtype=float)


@misconception("rnn_forward", loses=FORWARD_ALL)
def keeps_h0_among_the_states(X, h0, Wx, Wh, b):
    """You return T + 1 rows. Which of them comes after no input at all?"""
    return np.array([h0, *run_over(X, h0, Wx, Wh, b)], dtype=float)


@misconception("rnn_forward", loses=["test_rnn_forward", FORWARD_H0, FORWARD_KEEPS])
def keeps_one_array_for_all_steps(X, h0, Wx, Wh, b):
    """All your rows are equal. Does the list hold T arrays, or one array T times?"""
    h = h0.astype(float)
    states = []
    for x in X:
        h[:] = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h)
    return np.array(states)


@misconception("rnn_forward", loses=["test_rnn_forward", FORWARD_H0, FORWARD_KEEPS])
def reads_the_sequence_backwards(X, h0, Wx, Wh, b):
    """Your first row has seen the last input. In which order do the steps come?"""
    return np.array(run_over(X[::-1], h0, Wx, Wh, b))


@misconception("rnn_forward", loses=["test_rnn_forward", FORWARD_H0, FORWARD_KEEPS])
def returns_the_states_in_reverse(X, h0, Wx, Wh, b):
    """The numbers are right, the order is not. Which state belongs into row 0?"""
    return np.array(run_over(X, h0, Wx, Wh, b)[::-1])


@misconception("rnn_forward", loses=["test_rnn_forward", FORWARD_H0, FORWARD_KEEPS])
def returns_the_last_state_alone(X, h0, Wx, Wh, b):
    """You return one state. How many does the docstring ask for?"""
    return run_over(X, h0, Wx, Wh, b)[-1][None, :]


@misconception("rnn_forward", loses=[FORWARD_ONE])
def drops_the_axis_of_a_single_step(X, h0, Wx, Wh, b):
    """For T = 1 the result has no rows any more. Which call removes axes of length 1?"""
    return np.squeeze(np.array(run_over(X, h0, Wx, Wh, b)))


@misconception("rnn_forward", loses=[FORWARD_H0])
def rounds_the_states_to_integers(X, h0, Wx, Wh, b):
    """With integers in X, your states are integers. Which dtype has the array for the states?"""
    states = np.zeros((len(X), len(b)), dtype=X.dtype)
    h = h0
    for t in range(len(X)):
        h = np.tanh(X[t] @ Wx + h @ Wh + b)
        states[t] = h
    return states


@misconception("rnn_forward", loses=[FORWARD_H0, FORWARD_ONE])
def counts_on_three_steps(X, h0, Wx, Wh, b):
    """Your loop runs three times. How many rows has X in general?"""
    states = run_over(X[:3], h0, Wx, Wh, b)
    return np.array(states + states[-1:] * (3 - len(states)))


@misconception("rnn_forward", loses=[FORWARD_H0, FORWARD_KEEPS])
def overwrites_h0(X, h0, Wx, Wh, b):
    """The states are right, and h0 is gone. Is `h = h0` a copy?"""
    h = h0
    states = []
    for x in X:
        h[:] = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h.copy())
    return np.array(states)


@alternative("rnn_forward")
def calls_rnn_step(X, h0, Wx, Wh, b):
    """The step of section 1, T times."""
    states = [rnn_step(X[0], h0, Wx, Wh, b)]
    for x in X[1:]:
        states.append(rnn_step(x, states[-1], Wx, Wh, b))  # the next one needs it
    return np.stack(states)


@alternative("rnn_forward")
def fills_an_array_of_states(X, h0, Wx, Wh, b):
    """All inputs at once, then the states row by row."""
    states = X @ Wx + b
    h = h0.copy()
    for t in range(states.shape[0]):
        states[t] += h @ Wh
        h = states[t] = np.tanh(states[t])
    return states


# --- last_state_head ---

HEAD_MANY = "test_last_state_head_many_sequences"
HEAD_ALL = ["test_last_state_head", HEAD_MANY]


@misconception("last_state_head", loses=[HEAD_MANY])
def takes_the_last_sequence(states, W, b):
    """For one sequence it is right. Of a batch (N, T, H), what is states[-1]?"""
    return states[-1] @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def takes_the_first_state(states, W, b):
    """The state that you score has seen one input only. Which one has seen them all?"""
    return states[..., 0, :] @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def averages_the_states(states, W, b):
    """You average over all steps. Which one does the formula take?"""
    return states.mean(axis=-2) @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def takes_the_largest_of_each_unit(states, W, b):
    """You take the largest value over time. The formula takes a moment: which one?"""
    return states.max(axis=-2) @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def stops_one_state_too_early(states, W, b):
    """The last input makes no difference to your answer. Which index has the last of T states?"""
    return states[..., -2, :] @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def scores_every_state(states, W, b):
    """You have one score for each step. For which step is the answer wanted?"""
    return states @ W + b


@misconception("last_state_head", loses=HEAD_ALL)
def forgets_the_bias_of_the_head(states, W, b):  # noqa: ARG001 # b is what is forgotten
    """A state of zeros gives you the score 0. What should it give?"""
    return states[..., -1, :] @ W


@misconception("last_state_head", loses=HEAD_ALL)
def squeezes_the_logits(states, W, b):
    """All your scores lie between 0 and 1. Does the docstring ask for probabilities?"""
    return sigmoid(states[..., -1, :] @ W + b)


@alternative("last_state_head")
def tells_the_two_cases_apart(states, W, b):
    """One sequence, or a batch."""
    last = states[-1] if states.ndim == 2 else states[:, -1]
    return np.dot(last, W) + b


@alternative("last_state_head")
def scores_all_and_keeps_the_last(states, W, b):
    """More work than needed, and right."""
    return np.take(states @ W + b, -1, axis=-2)


# --- gradient_product ---

PRODUCT_OTHER = "test_gradient_product_other_factors"
PRODUCT_ALL = ["test_gradient_product", PRODUCT_OTHER]


@misconception("gradient_product", loses=PRODUCT_ALL)
def multiplies_once_too_often(w, T):
    """Your first number is w. How much is lost after no step at all?"""
    return float(w) ** np.arange(1, T + 2)


@misconception("gradient_product", loses=PRODUCT_ALL)
def leaves_the_last_step_out(w, T):
    """You return T numbers. Count them again, from 0 steps to T steps."""
    return float(w) ** np.arange(T)


@misconception("gradient_product", loses=PRODUCT_ALL)
def adds_the_factors(w, T):
    """You add up the steps. What does the chain rule do with the factors along a way?"""
    return np.concatenate([[1.0], float(w) * np.arange(1, T + 1)])


@misconception("gradient_product", loses=["test_gradient_product", PRODUCT_OTHER])
def begins_at_the_far_end(w, T):
    """Your numbers are right, and run the other way. Where does a walk back begin?"""
    return (float(w) ** np.arange(T + 1))[::-1]


@misconception("gradient_product", loses=[PRODUCT_OTHER])
def loses_the_sign(w, T):
    """A negative w turns the sign at each step. Are your numbers ever negative?"""
    return abs(float(w)) ** np.arange(T + 1)


@misconception("gradient_product", loses=[PRODUCT_OTHER])
def keeps_the_integers_of_w(w, T):
    """For an integer w, your result holds integers. Which dtype does the docstring name?"""
    return np.cumprod(np.array([1] + [w] * T))


@misconception("gradient_product", loses=[PRODUCT_OTHER])
def always_takes_one_step(w, T):
    """For T = 0 you return two numbers. Does your loop start with one step done already?"""
    left = [1.0, float(w)]
    for _ in range(T - 1):
        left.append(left[-1] * w)
    return np.array(left)


@alternative("gradient_product")
def multiplies_step_by_step(w, T):
    """One product for each step."""
    left = [1.0]
    for _ in range(T):
        left.append(left[-1] * w)
    return np.array(left)


@alternative("gradient_product")
def takes_the_cumulative_product(w, T):
    """np.cumprod of a 1 and T times w."""
    return np.concatenate([[1.0], np.full(T, w, dtype=float)]).cumprod()


# --- gradient_through_time ---

TIME_LONGER = "test_gradient_through_time_longer"
TIME_ALL = ["test_gradient_through_time", TIME_LONGER]


def walk_back(states, factor):
    """From the last state to the first; `factor(t)` is that of the step from t + 1 back to t."""
    grads = np.ones(len(states))
    for t in range(len(states) - 2, -1, -1):
        grads[t] = grads[t + 1] * factor(t)
    return grads


@misconception("gradient_through_time", loses=TIME_ALL)
def takes_the_slope_of_the_earlier_state(w, states):
    """Which state came out of the tanh of this step: the one it led to, or the one before?"""
    return walk_back(states, lambda t: w * (1 - states[t] ** 2))


@misconception("gradient_through_time", loses=TIME_ALL)
def leaves_tanh_out_of_the_walk(w, states):
    """You walk back as if there were no tanh. Which second factor has each step?"""
    return walk_back(states, lambda t: w)  # noqa: ARG005 # no state counts here


@misconception("gradient_through_time", loses=TIME_ALL)
def leaves_w_out_of_the_walk(w, states):  # noqa: ARG001 # w is what is forgotten
    """The slopes are right. How strongly does the old state enter the sum?"""
    return walk_back(states, lambda t: 1 - states[t + 1] ** 2)


@misconception("gradient_through_time", loses=TIME_ALL)
def takes_tanh_of_a_tanh(w, states):
    """The states have been through tanh already. Do you apply it once more?"""
    return walk_back(states, lambda t: w * (1 - np.tanh(states[t + 1]) ** 2))


@misconception("gradient_through_time", loses=TIME_ALL)
def forgets_the_square(w, states):
    """For h = 0.8 the slope of tanh is 0.36. What is yours?"""
    return walk_back(states, lambda t: w * (1 - states[t + 1]))


@misconception("gradient_through_time", loses=TIME_ALL)
def takes_the_slope_of_the_sigmoid(w, states):
    """h * (1 - h) is the slope of another activation. Which one has this unit?"""
    return walk_back(states, lambda t: w * states[t + 1] * (1 - states[t + 1]))


@misconception("gradient_through_time", loses=TIME_ALL)
def returns_the_walk_in_its_order(w, states):
    """Your 1 stands first. To which state does it belong, and where does that one stand?"""
    return walk_back(states, lambda t: w * (1 - states[t + 1] ** 2))[::-1]


@misconception("gradient_through_time", loses=TIME_ALL)
def does_not_multiply_along_the_way(w, states):
    """Each factor is right. What becomes of the factors of the steps in between?"""
    return np.append(w * (1 - states[1:] ** 2), 1.0)


@misconception("gradient_through_time", loses=TIME_ALL)
def begins_with_a_step_too_many(w, states):
    """Your last number is not 1. How much does h_T depend on itself?"""
    return np.cumprod((w * (1 - states**2))[::-1])[::-1]


@misconception("gradient_through_time", loses=[TIME_LONGER])
def ignores_the_sign_of_w(w, states):
    """A negative w turns the sign at each step. Are your numbers ever negative?"""
    return walk_back(states, lambda t: abs(w) * (1 - states[t + 1] ** 2))


@alternative("gradient_through_time")
def multiplies_from_the_end(w, states):
    """A cumulative product of the factors, from the end."""
    factors = np.append(w * (1 - states[1:] ** 2), 1.0)
    return np.cumprod(factors[::-1])[::-1]


@alternative("gradient_through_time")
def builds_a_list_backwards(w, states):
    """Collect, then turn round."""
    grads = [1.0]
    for h in reversed(states[1:]):
        grads.append(grads[-1] * w * (1 + h) * (1 - h))
    return np.array(grads[::-1])


# --- lstm_step ---

LSTM_THREE = "test_lstm_step_three_units"
LSTM_MANY = "test_lstm_step_many_sequences"
LSTM_KEEPS = "test_lstm_step_keeps_its_input"
LSTM_ALL = ["test_lstm_step", LSTM_THREE, LSTM_MANY, LSTM_KEEPS]


def four_sums(x, h, Wx, Wh, b):
    """The four blocks of the sum, before any activation."""
    return np.split(x @ Wx + h @ Wh + b, 4, axis=-1)


def from_gates(c, i, f, g, o):
    """The new h and c, from the four sums."""
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new_c), new_c


@misconception("lstm_step", loses=LSTM_ALL)
def takes_the_forget_gate_first(x, h, c, Wx, Wh, b):
    """Your first block forgets, your second lets in. In which order do the blocks stand?"""
    f, i, g, o = four_sums(x, h, Wx, Wh, b)
    return from_gates(c, i, f, g, o)


@misconception("lstm_step", loses=LSTM_ALL)
def takes_the_output_gate_third(x, h, c, Wx, Wh, b):
    """The three gates of your cell come first, the candidate last. Which is the third block?"""
    i, f, o, g = four_sums(x, h, Wx, Wh, b)
    return from_gates(c, i, f, g, o)


@misconception("lstm_step", loses=LSTM_ALL)
def squeezes_the_candidate_with_sigmoid(x, h, c, Wx, Wh, b):
    """Your candidate is never negative, so c can only grow. Which activation has g?"""
    i, f, g, o = four_sums(x, h, Wx, Wh, b)
    new_c = sigmoid(f) * c + sigmoid(i) * sigmoid(g)
    return sigmoid(o) * np.tanh(new_c), new_c


@misconception("lstm_step", loses=LSTM_ALL)
def shows_c_without_tanh(x, h, c, Wx, Wh, b):
    """The new c is right. What happens to it before the output gate?"""
    i, f, g, o = four_sums(x, h, Wx, Wh, b)
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * new_c, new_c


@misconception("lstm_step", loses=LSTM_ALL)
def shows_everything(x, h, c, Wx, Wh, b):
    """The new c is right, and h shows all of it. Which gate stands between them?"""
    i, f, g, _ = four_sums(x, h, Wx, Wh, b)
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return np.tanh(new_c), new_c


@misconception("lstm_step", loses=LSTM_ALL)
def shows_the_old_c(x, h, c, Wx, Wh, b):
    """Your new h knows nothing of this step's candidate. Which c do you show?"""
    i, f, g, o = four_sums(x, h, Wx, Wh, b)
    _, new_c = from_gates(c, i, f, g, o)
    return sigmoid(o) * np.tanh(c), new_c


@misconception("lstm_step", loses=["test_lstm_step", LSTM_THREE])
def hands_on_the_old_c(x, h, c, Wx, Wh, b):
    """The new h is right. Which c do you hand on to the next step?"""
    new_h, _ = from_gates(c, *four_sums(x, h, Wx, Wh, b))
    return new_h, c.copy()


@misconception("lstm_step", loses=LSTM_ALL)
def never_forgets(x, h, c, Wx, Wh, b):
    """All of the old c stays, whatever the forget gate says. What does it multiply?"""
    i, _, g, o = four_sums(x, h, Wx, Wh, b)
    new_c = c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new_c), new_c


@misconception("lstm_step", loses=LSTM_ALL)
def keeps_what_the_input_gate_leaves(x, h, c, Wx, Wh, b):
    """1 - i in place of f is a GRU's idea. Which gate of its own has the LSTM for the old c?"""
    i, _, g, o = four_sums(x, h, Wx, Wh, b)
    new_c = (1 - sigmoid(i)) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new_c), new_c


@misconception("lstm_step", loses=LSTM_ALL)
def adds_a_forget_bias_of_its_own(x, h, c, Wx, Wh, b):
    """Your forget gate is too open. Is the 1 of the custom not in b already?"""
    i, f, g, o = four_sums(x, h, Wx, Wh, b)
    return from_gates(c, i, f + 1, g, o)


@misconception("lstm_step", loses=LSTM_ALL)
def forgets_the_bias_of_the_gates(x, h, c, Wx, Wh, b):
    """For a zero x and h, all your gates are one half. Which term of the sum is missing?"""
    return from_gates(c, *four_sums(x, h, Wx, Wh, np.zeros(b.shape)))


@misconception("lstm_step", loses=LSTM_ALL)
def returns_c_before_h(x, h, c, Wx, Wh, b):
    """Both arrays are right. In which order does the docstring return them?"""
    new_h, new_c = from_gates(c, *four_sums(x, h, Wx, Wh, b))
    return new_c, new_h


@misconception("lstm_step", loses=[LSTM_THREE, LSTM_KEEPS])
def interleaves_the_gates(x, h, c, Wx, Wh, b):
    """With one unit nobody notices. Do the columns of i stand side by side, or every fourth?"""
    sums = x @ Wx + h @ Wh + b
    return from_gates(c, sums[..., 0::4], sums[..., 1::4], sums[..., 2::4], sums[..., 3::4])


@misconception("lstm_step", loses=[LSTM_MANY])
def cuts_along_the_first_axis(x, h, c, Wx, Wh, b):
    """For one sequence there is one axis. Of a sum of shape (N, 4H), which one do you cut?"""
    i, f, g, o = np.split(x @ Wx + h @ Wh + b, 4)
    return from_gates(c, i, f, g, o)


@misconception("lstm_step", loses=[LSTM_KEEPS])
def forgets_in_place(x, h, c, Wx, Wh, b):
    """`c *= f` changes the array that you were given. Whose array is it?"""
    i, f, g, o = four_sums(x, h, Wx, Wh, b)
    c *= sigmoid(f)
    c += sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


@alternative("lstm_step")
def slices_the_four_blocks(x, h, c, Wx, Wh, b):
    """Slices, and the sigmoid as it stands in books."""
    sums = x @ Wx + h @ Wh + b
    units = h.shape[-1]
    i = 1 / (1 + np.exp(-sums[..., :units]))
    f = 1 / (1 + np.exp(-sums[..., units : 2 * units]))
    g = np.tanh(sums[..., 2 * units : 3 * units])
    o = 1 / (1 + np.exp(-sums[..., 3 * units :]))
    new_c = f * c + i * g
    return o * np.tanh(new_c), new_c


@alternative("lstm_step")
def gives_each_gate_its_weights(x, h, c, Wx, Wh, b):
    """Four products in place of one."""
    sums = [
        x @ wx + h @ wh + bias
        for wx, wh, bias in zip(
            np.split(Wx, 4, axis=1), np.split(Wh, 4, axis=1), np.split(b, 4), strict=True
        )
    ]
    return from_gates(c, *sums)


# --- gru_step ---

GRU_THREE = "test_gru_step_three_units"
GRU_MANY = "test_gru_step_many_sequences"
GRU_ALL = ["test_gru_step", GRU_THREE, GRU_MANY]


def gru_parts(x, h, Wx, Wh, axis=-1):
    """The three parts of x @ Wx, then those of h @ Wh."""
    return *np.split(x @ Wx, 3, axis=axis), *np.split(h @ Wh, 3, axis=axis)


@misconception("gru_step", loses=GRU_ALL)
def swaps_old_and_new(x, h, Wx, Wh):
    """You use the convention of the first paper. What does z multiply in the formula here?"""
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx, Wh)
    z = sigmoid(xz + hz)
    return z * np.tanh(xn + sigmoid(xr + hr) * hn) + (1 - z) * h


@misconception("gru_step", loses=GRU_ALL)
def takes_the_reset_gate_first(x, h, Wx, Wh):
    """Your first block resets, as in PyTorch. In which order does the docstring name the blocks?"""
    xr, xz, xn, hr, hz, hn = gru_parts(x, h, Wx, Wh)
    z = sigmoid(xz + hz)
    return (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h


@misconception("gru_step", loses=[GRU_THREE])
def resets_before_the_product(x, h, Wx, Wh):
    """With one unit both are equal. Does r multiply h, or the product of h with its weights?"""
    xz, xr, xn, hz, hr, _ = gru_parts(x, h, Wx, Wh)
    z, r = sigmoid(xz + hz), sigmoid(xr + hr)
    units = h.shape[-1]
    return (1 - z) * np.tanh(xn + (r * h) @ Wh[:, 2 * units :]) + z * h


@misconception("gru_step", loses=GRU_ALL)
def never_resets(x, h, Wx, Wh):
    """Your candidate sees all of the old state. Which gate has no effect?"""
    xz, _, xn, hz, _, hn = gru_parts(x, h, Wx, Wh)
    z = sigmoid(xz + hz)
    return (1 - z) * np.tanh(xn + hn) + z * h


@misconception("gru_step", loses=GRU_ALL)
def resets_the_input_too(x, h, Wx, Wh):
    """A reset gate of 0 cuts off your input as well. What alone does r multiply?"""
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx, Wh)
    z = sigmoid(xz + hz)
    return (1 - z) * np.tanh(sigmoid(xr + hr) * (xn + hn)) + z * h


@misconception("gru_step", loses=GRU_ALL)
def squeezes_the_new_with_sigmoid(x, h, Wx, Wh):
    """Your candidate is never negative. Which activation has n?"""
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx, Wh)
    z = sigmoid(xz + hz)
    return (1 - z) * sigmoid(xn + sigmoid(xr + hr) * hn) + z * h


@misconception("gru_step", loses=GRU_ALL)
def takes_all_of_the_new(x, h, Wx, Wh):
    """What is kept of the old is not taken of the new. Which factor has your candidate?"""
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx, Wh)
    return np.tanh(xn + sigmoid(xr + hr) * hn) + sigmoid(xz + hz) * h


@misconception("gru_step", loses=[GRU_THREE])
def interleaves_the_columns(x, h, Wx, Wh):
    """With one unit nobody notices. Do the columns of z stand side by side, or every third?"""
    order = np.argsort(np.arange(Wx.shape[1]) % 3, kind="stable")
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx[:, order], Wh[:, order])
    z = sigmoid(xz + hz)
    return (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h


@misconception("gru_step", loses=[GRU_MANY])
def cuts_the_sequences_apart(x, h, Wx, Wh):
    """For one sequence there is one axis. Of a product of shape (N, 3H), which one do you cut?"""
    xz, xr, xn, hz, hr, hn = gru_parts(x, h, Wx, Wh, axis=0)
    z = sigmoid(xz + hz)
    return (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h


@alternative("gru_step")
def moves_from_the_old_to_the_new(x, h, Wx, Wh):
    """The same update, written as a way from h towards n; two gates in one product."""
    units = h.shape[-1]
    gates = sigmoid(x @ Wx[:, : 2 * units] + h @ Wh[:, : 2 * units])
    z, r = gates[..., :units], gates[..., units:]
    n = np.tanh(x @ Wx[:, 2 * units :] + r * (h @ Wh[:, 2 * units :]))
    return h + (1 - z) * (n - h)


# --- recurrent_params ---

PARAMS_SIZES = "test_recurrent_params_other_sizes"
PARAMS_KINDS = "test_recurrent_params_other_kinds"
PARAMS_ALL = ["test_recurrent_params", PARAMS_SIZES]


def blocks_of(kind):
    """How many blocks, and how many biases in each."""
    known = {"rnn": (1, 1), "lstm": (4, 1), "gru": (3, 2)}
    if kind not in known:
        raise ValueError(kind)
    return known[kind]


@misconception("recurrent_params", loses=PARAMS_ALL)
def forgets_the_recurrent_weights(kind, D, H):
    """You count a Dense layer. Which weights does the old state pass?"""
    blocks, biases = blocks_of(kind)
    return blocks * H * (D + biases)


@misconception("recurrent_params", loses=PARAMS_ALL)
def counts_no_biases(kind, D, H):
    """Wx and Wh are counted. What else does a block learn?"""
    return blocks_of(kind)[0] * H * (D + H)


@misconception("recurrent_params", loses=PARAMS_ALL)
def gives_the_gru_one_bias(kind, D, H):
    """RNN and LSTM are right. What does the text say of the biases of Keras' GRU?"""
    return blocks_of(kind)[0] * H * (D + H + 1)


@misconception("recurrent_params", loses=PARAMS_ALL)
def gives_all_two_biases(kind, D, H):
    """PyTorch has two biases everywhere. In which of the layers has Keras two?"""
    return blocks_of(kind)[0] * H * (D + H + 2)


@misconception("recurrent_params", loses=PARAMS_ALL)
def counts_three_gates_for_the_lstm(kind, D, H):
    """An LSTM has three gates, and one block more. Which one needs weights without being a gate?"""
    blocks, biases = {"rnn": (1, 1), "lstm": (3, 1), "gru": (2, 2)}.get(kind, (0, 0))
    if not blocks:
        raise ValueError(kind)
    return blocks * H * (D + H + biases)


@misconception("recurrent_params", loses=PARAMS_ALL)
def swaps_inputs_and_units(kind, D, H):
    """Which of the two sizes is squared, that of the input or that of the state?"""
    blocks, biases = blocks_of(kind)
    return blocks * D * (D + H + biases)


@misconception("recurrent_params", loses=[PARAMS_SIZES])
def counts_with_three_inputs(kind, D, H):  # noqa: ARG001 # D is what is ignored
    """Your count does not change with D. Which part of a block grows with it?"""
    blocks, biases = blocks_of(kind)
    return blocks * H * (3 + H + biases)


@misconception("recurrent_params", loses=[PARAMS_KINDS])
def takes_anything_else_for_a_gru(kind, D, H):
    """A layer that you do not know is counted as a GRU. What does the docstring ask for?"""
    if kind in ("rnn", "lstm"):
        return blocks_of(kind)[0] * H * (D + H + 1)
    return 3 * H * (D + H + 2)


@misconception("recurrent_params", loses=[PARAMS_KINDS])
def lets_the_dictionary_complain(kind, D, H):
    """An unknown key raises an error, but of another type. Which one does the docstring name?"""
    blocks, biases = {"rnn": (1, 1), "lstm": (4, 1), "gru": (3, 2)}[kind]
    return blocks * H * (D + H + biases)


@alternative("recurrent_params")
def counts_matrix_by_matrix(kind, D, H):
    """Wx, Wh and the biases, one after the other."""
    blocks, biases = blocks_of(kind)
    columns = blocks * H
    return D * columns + H * columns + biases * columns


# --- build_recurrent ---

BUILD_KINDS = "test_build_recurrent_other_kinds"
BUILD_ANSWERS = "test_build_recurrent_answers"
BUILD_LEARNS = "test_build_recurrent_learns"
BUILD_COUNTS = ["test_build_recurrent", BUILD_KINDS]


def answering(
    kind,
    T,
    D,
    units,
    seed,
    *,
    pool=False,
    head=(1, "sigmoid"),
    loss="binary_crossentropy",
    rate=0.02,
    **how,
):
    """The network of the notebook, with one part done in another way."""
    seed_keras(seed)
    layer = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}[kind]
    model = keras.Sequential([layers.Input((T, D)), layer(units, **how)])
    if pool:
        model.add(layers.GlobalAveragePooling1D())
    model.add(layers.Dense(head[0], activation=head[1]))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=rate), loss=loss)
    return model


@misconception("build_recurrent", loses=[BUILD_ANSWERS, BUILD_LEARNS])
def answers_at_every_step(kind, T, D, units, seed=0):
    """The count is right, but you have T answers a sequence. Which state should be scored?"""
    return answering(kind, T, D, units, seed, return_sequences=True)


@misconception("build_recurrent", loses=[BUILD_ANSWERS])
def averages_over_the_steps(kind, T, D, units, seed=0):
    """The count is right, but the order hardly matters any more. Which state should be scored?"""
    return answering(kind, T, D, units, seed, return_sequences=True, pool=True)


@misconception("build_recurrent", loses=[BUILD_ANSWERS, BUILD_LEARNS])
def leaves_the_head_linear(kind, T, D, units, seed=0):
    """Some of your answers lie below 0 or above 1. What turns a score into a probability?"""
    return answering(kind, T, D, units, seed, head=(1, None))


@misconception("build_recurrent", loses=[BUILD_ANSWERS, BUILD_LEARNS])
def takes_softmax_of_one_unit(kind, T, D, units, seed=0):
    """Softmax of a single number is always 1. Which activation belongs to one unit?"""
    return answering(kind, T, D, units, seed, head=(1, "softmax"))


@misconception("build_recurrent", loses=[*BUILD_COUNTS, BUILD_ANSWERS, BUILD_LEARNS])
def gives_the_head_two_units(kind, T, D, units, seed=0):
    """Two numbers answer one question with yes or no. How many units does the table say?"""
    return answering(kind, T, D, units, seed, head=(2, "sigmoid"))


@misconception("build_recurrent", loses=["test_build_recurrent"])
def takes_the_squared_loss(kind, T, D, units, seed=0):
    """It learns, but with the loss of a regression. Which loss goes with a probability?"""
    return answering(kind, T, D, units, seed, loss="mean_squared_error")


@misconception("build_recurrent", loses=[BUILD_LEARNS])
def takes_the_default_steps(kind, T, D, units, seed=0):
    """The parts are right, and after nine epochs it still guesses. How large are Adam's steps?"""
    return answering(kind, T, D, units, seed, rate=0.001)


@misconception("build_recurrent", loses=[BUILD_KINDS])
def always_builds_an_lstm(kind, T, D, units, seed=0):  # noqa: ARG001 # kind is what is ignored
    """You get an LSTM whatever you ask for. Which argument do you never use?"""
    return answering("lstm", T, D, units, seed)


@misconception("build_recurrent", loses=[BUILD_KINDS])
def always_takes_eight_units(kind, T, D, units, seed=0):  # noqa: ARG001 # units is ignored
    """Your layer has 8 units whatever is asked. Which argument do you never use?"""
    return answering(kind, T, D, 8, seed)


@misconception("build_recurrent", loses=[*BUILD_COUNTS, BUILD_ANSWERS, BUILD_LEARNS])
def swaps_steps_and_numbers(kind, T, D, units, seed=0):
    """Your layer takes D steps of T numbers. Which of the two comes first in `Input`?"""
    return answering(kind, D, T, units, seed)


@misconception("build_recurrent", loses=["test_build_recurrent", BUILD_LEARNS])
def forgets_to_compile(kind, T, D, units, seed=0):
    """The layers are there. What does a model need before `fit`?"""
    seed_keras(seed)
    layer = {"rnn": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}[kind]
    return keras.Sequential(
        [layers.Input((T, D)), layer(units), layers.Dense(1, activation="sigmoid")]
    )


@alternative("build_recurrent")
def adds_layer_by_layer(kind, T, D, units, seed=0):
    """model.add, branches in place of a dictionary, and a metric on top."""
    seed_keras(seed)
    model = keras.Sequential()
    model.add(layers.Input(shape=(T, D)))
    if kind == "rnn":
        model.add(layers.SimpleRNN(units, activation="tanh"))
    elif kind == "lstm":
        model.add(layers.LSTM(units))
    else:
        model.add(layers.GRU(units))
    model.add(layers.Dense(1))
    model.add(layers.Activation("sigmoid"))
    model.compile(
        loss="binary_crossentropy",
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        metrics=["accuracy"],
    )
    return model
