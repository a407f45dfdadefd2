"""What goes wrong in `pytorch`, and what is right another way."""

import itertools

from autograder.catalogue import alternative, misconception


def tensor64(array):
    """Make a float64 tensor."""
    return torch.tensor(array, dtype=torch.float64)


# --- cost_and_slope ---

COST = "test_cost_and_slope"
COST_OTHER = "test_cost_and_slope_other_rows"
COST_INTEGERS = "test_cost_and_slope_integers"


def tape(w, x, y, cost_of_errors):
    """Compute a cost of the errors and its slope."""
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    cost = cost_of_errors(w * tensor64(x) - tensor64(y))
    cost.backward()
    return cost.item(), w.grad.item()


@misconception("cost_and_slope", loses=[COST, COST_OTHER, COST_INTEGERS])
def adds_the_squares(w, x, y):
    """Your cost grows with the number of rows. What does the docstring do with the squares?"""
    return tape(w, x, y, lambda errors: (errors**2).sum())


@misconception("cost_and_slope", loses=[COST, COST_OTHER, COST_INTEGERS])
def halves_the_cost(w, x, y):
    """Some slides write 1/(2m), and so do you. Which form does this notebook keep?"""
    return tape(w, x, y, lambda errors: (errors**2).mean() / 2)


@misconception("cost_and_slope", loses=[COST, COST_OTHER])
def reports_half_of_what_it_differentiates(w, x, y):
    """Your slope is right and your cost is not. Do both belong to one formula?"""
    cost, slope = tape(w, x, y, lambda errors: (errors**2).mean())
    return cost / 2, slope


@misconception("cost_and_slope", loses=[COST, COST_OTHER, COST_INTEGERS])
def walks_back_twice(w, x, y):
    """Your slope is twice as large as it should be. How often does your code call backward?"""
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    for _ in range(2):
        cost = ((w * tensor64(x) - tensor64(y)) ** 2).mean()
        cost.backward()
    return cost.item(), w.grad.item()


@misconception("cost_and_slope", loses=[COST, COST_OTHER, COST_INTEGERS])
def squares_the_mean(w, x, y):
    """Errors of different signs cancel in your cost. Which comes first, the square or the mean?"""
    return tape(w, x, y, lambda errors: errors.mean() ** 2)


@misconception("cost_and_slope", loses=[COST, COST_OTHER, COST_INTEGERS])
def takes_the_slope_of_the_last_row(w, x, y):
    """One row alone gives you this slope. Is backward called for each row, or for the mean?"""
    cost, _ = tape(w, x, y, lambda errors: (errors**2).mean())
    return cost, tape(w, x, y, lambda errors: errors[-1] ** 2)[1]


@misconception("cost_and_slope", loses=[COST_OTHER, COST_INTEGERS])
def stays_in_float32(w, x, y):
    """About seven of your digits are right. Which dtype does torch give to a Python float?"""
    w = torch.tensor(float(w), requires_grad=True)
    x, y = (torch.tensor(array, dtype=torch.float32) for array in (x, y))
    cost = ((w * x - y) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.item()


@misconception("cost_and_slope", loses=[COST_INTEGERS])
def leaves_an_integer_an_integer(w, x, y):
    """Between 2 and 3 there is no integer to nudge to. Which dtype can have a slope?"""
    w = torch.tensor(np.asarray(w), requires_grad=True)
    cost = ((w.double() * tensor64(x) - tensor64(y)) ** 2).mean()
    cost.backward()
    return cost.item(), w.grad.item()


@alternative("cost_and_slope")
def asks_for_the_gradient(w, x, y):
    """torch.autograd.grad returns what backward would put into .grad."""
    w = torch.tensor(float(w), dtype=torch.float64, requires_grad=True)
    cost = nn.functional.mse_loss(w * tensor64(x), tensor64(y))
    (slope,) = torch.autograd.grad(cost, w)
    return float(cost), float(slope)


@alternative("cost_and_slope")
def switches_the_slope_on_later(w, x, y):
    """requires_grad_ on a tensor that is there already."""
    x, y = torch.from_numpy(x).double(), torch.from_numpy(y).double()
    w = torch.full((1,), float(w), dtype=torch.float64).requires_grad_()
    cost = torch.mean(torch.square(x * w - y))
    cost.backward()
    return cost.item(), w.grad[0].item()


# --- fit_by_autograd ---

FIT = "test_fit_by_autograd"
FIT_OTHER = "test_fit_by_autograd_other_rows"


def descend(
    X,
    y,
    learning_rate,
    epochs,
    cost_of_errors=lambda errors: (errors**2).mean(),
    *,
    dtype=torch.float64,
    forget=("w", "b"),
    move=("w", "b"),
):
    """Fit a line; the arguments after the stub's own make a mistake possible."""
    X, y = torch.tensor(X, dtype=dtype), torch.tensor(y, dtype=dtype)
    w = torch.zeros(X.shape[1], dtype=dtype, requires_grad=True)
    b = torch.zeros((), dtype=dtype, requires_grad=True)
    history = []
    for epoch in range(epochs + 1):
        cost = cost_of_errors(X @ w + b - y)
        history.append(cost.item())
        if epoch == epochs:
            break
        cost.backward()
        for name, tensor in (("w", w), ("b", b)):
            if name in move:
                tensor.data -= learning_rate * tensor.grad
            if name in forget:
                tensor.grad.zero_()
    return w.detach().double().numpy(), b.item(), np.array(history)


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def lets_slopes_pile_up(X, y, learning_rate, epochs):
    """Your first step is right, the second too long. What stood in .grad before backward?"""
    return descend(X, y, learning_rate, epochs, forget=())


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def forgets_only_the_slope_of_w(X, y, learning_rate, epochs):
    """Your w forgets its old slopes. Who else has a .grad?"""
    return descend(X, y, learning_rate, epochs, forget=("w",))


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def never_moves_b(X, y, learning_rate, epochs):
    """Your b is 0 from beginning to end. Which tensors take a step?"""
    return descend(X, y, learning_rate, epochs, move=("w",))


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def sums_the_squares(X, y, learning_rate, epochs):
    """Your cost has no mean in it. With five rows, how many times too long is a step?"""
    return descend(X, y, learning_rate, epochs, lambda errors: (errors**2).sum())


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def puts_a_half_in_front(X, y, learning_rate, epochs):
    """Your cost is half of the slide's. What does the docstring put in front of the mean?"""
    return descend(X, y, learning_rate, epochs, lambda errors: (errors**2).mean() / 2)


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def fits_in_float32(X, y, learning_rate, epochs):
    """After 2000 steps only four of your digits agree. In which dtype do you compute?"""
    return descend(X, y, learning_rate, epochs, dtype=torch.float32)


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def broadcasts_to_a_square(X, y, learning_rate, epochs):
    """Your errors have the shape (N, N). Which shapes meet in the difference?"""
    y = np.asarray(y, dtype=float)
    X = np.asarray(X, dtype=float)
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for epoch in range(epochs + 1):
        errors = (X @ w + b)[:, None] - y[None, :]
        history.append((errors**2).mean())
        if epoch < epochs:
            rows = errors.mean(axis=1)
            w = w - learning_rate * 2 * X.T @ rows / len(y)
            b = b - learning_rate * 2 * rows.mean()
    return w, float(b), np.array(history)


@misconception("fit_by_autograd", loses=[FIT, FIT_OTHER])
def records_only_after_a_step(X, y, learning_rate, epochs):
    """Your history is one number short. Which cost stands before the first step?"""
    w, b, history = descend(X, y, learning_rate, epochs)
    return w, b, history[1:]


@misconception("fit_by_autograd", loses=[FIT_OTHER])
def returns_the_weights_before_the_last_step(X, y, learning_rate, epochs):
    """Your history has gone one step further than your w and b. When do you read them?"""
    w, b, _ = descend(X, y, learning_rate, epochs - 1)
    return w, b, descend(X, y, learning_rate, epochs)[2]


@misconception("fit_by_autograd", loses=[FIT_OTHER])
def keeps_w_as_a_column(X, y, learning_rate, epochs):
    """The numbers of your w are right. Compare its shape with the docstring."""
    w, b, history = descend(X, y, learning_rate, epochs)
    return w[:, None], b, history


@misconception("fit_by_autograd", loses=[FIT_OTHER])
def returns_an_early_b(X, y, learning_rate, epochs):
    """Your w is that of the last step. From which step is your b?"""
    w, _, history = descend(X, y, learning_rate, epochs)
    return w, descend(X, y, learning_rate, epochs - 1)[1], history


@misconception("fit_by_autograd", loses=[FIT_OTHER])
def leaves_integers_alone(X, y, learning_rate, epochs):
    """Your tensors take over the dtype of X. Can integers be multiplied with float64 weights?"""
    X, y = torch.tensor(X), torch.tensor(y)
    w = torch.zeros(X.shape[1], dtype=torch.float64)
    _ = X @ w
    return descend(X, y, learning_rate, epochs)


@alternative("fit_by_autograd")
def uses_a_layer_and_an_optimiser(X, y, learning_rate, epochs):
    """The five beats of part 4."""
    layer = nn.Linear(X.shape[1], 1, dtype=torch.float64)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    X, y, history = tensor64(X), tensor64(y), []
    for _ in range(epochs):
        cost = nn.functional.mse_loss(layer(X)[:, 0], y)
        history.append(cost.item())
        layer.zero_grad()
        cost.backward()
        with torch.no_grad():
            for tensor in layer.parameters():
                tensor -= learning_rate * tensor.grad
    history.append(nn.functional.mse_loss(layer(X)[:, 0], y).item())
    return layer.weight.detach()[0].numpy(), layer.bias.item(), np.array(history)


@alternative("fit_by_autograd")
def makes_new_tensors(X, y, learning_rate, epochs):
    """Each step makes new tensors, which have no old slopes to forget."""
    X, y, history = tensor64(X), tensor64(y), []
    w = torch.zeros(X.shape[1], 1, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    for _ in range(epochs):
        cost = ((X @ w + b - y[:, None]) ** 2).mean()
        history.append(cost.item())
        for_w, for_b = torch.autograd.grad(cost, (w, b))
        w = (w - learning_rate * for_w).detach().requires_grad_()
        b = (b - learning_rate * for_b).detach().requires_grad_()
    history.append(((X @ w + b - y[:, None]) ** 2).mean().item())
    return w.detach().numpy()[:, 0], b.item(), np.array(history)


# --- binary_cost ---

BINARY = "test_binary_cost"
BINARY_OTHER = "test_binary_cost_other_rows"
BINARY_LARGE = "test_binary_cost_large_scores"


def three_parts(scores, labels, cost_of, probs_of=torch.sigmoid):
    """Give probabilities, cost and slopes for another cost."""
    scores = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    cost = cost_of(scores, tensor64(labels))
    cost.backward()
    return probs_of(scores).detach().numpy(), cost.item(), scores.grad.numpy()


def right_cost(scores, labels):
    """Give the cost as it should be."""
    return nn.functional.binary_cross_entropy_with_logits(scores, labels)


@misconception("binary_cost", loses=[BINARY, BINARY_OTHER, BINARY_LARGE])
def follows_the_slide_without_its_minus(scores, labels):
    """Your probability falls when the score grows. Which sign stands in the exponent?"""
    return three_parts(
        scores,
        labels,
        lambda scores, labels: right_cost(-scores, labels),
        lambda scores: torch.sigmoid(-scores),
    )


@misconception("binary_cost", loses=[BINARY, BINARY_OTHER, BINARY_LARGE])
def loses_the_minus_of_the_cost(scores, labels):
    """Your cost is below 0, and best where the answer is worst. What is missing in front?"""
    return three_parts(scores, labels, lambda scores, labels: -right_cost(scores, labels))


@misconception("binary_cost", loses=[BINARY])
def answers_instead_of_probabilities(scores, labels):
    """You say cat or dog. How sure are you? The docstring asks for that."""
    return three_parts(
        scores, labels, right_cost, lambda scores: (torch.sigmoid(scores) > 0.5).double()
    )


@misconception("binary_cost", loses=[BINARY, BINARY_OTHER, BINARY_LARGE])
def differentiates_the_sum(scores, labels):
    """Your cost is a mean. Of what did you call backward: of the mean, or of a sum?"""
    probs, cost, slopes = three_parts(scores, labels, right_cost)
    return probs, cost, slopes * len(slopes)


@misconception("binary_cost", loses=[BINARY, BINARY_LARGE])
def reports_the_sum(scores, labels):
    """Your slopes are those of a mean. Is your cost one, too?"""
    probs, cost, slopes = three_parts(scores, labels, right_cost)
    return probs, cost * len(slopes), slopes


@misconception("binary_cost", loses=[BINARY, BINARY_OTHER, BINARY_LARGE])
def applies_the_sigmoid_twice(scores, labels):
    """The loss does a sigmoid inside, and you did one before it. What does it want to be given?"""
    return three_parts(
        scores, labels, lambda scores, labels: right_cost(torch.sigmoid(scores), labels)
    )


@misconception("binary_cost", loses=[BINARY_LARGE])
def gives_probabilities_to_the_loss(scores, labels):
    """Your worst rows cost exactly 100 each and have the slope 0. Which loss cuts log 0 off?"""
    return three_parts(
        scores,
        labels,
        lambda scores, labels: nn.functional.binary_cross_entropy(torch.sigmoid(scores), labels),
    )


@misconception("binary_cost", loses=[BINARY_LARGE])
def adds_a_small_number_to_the_log(scores, labels):
    """You add a small number inside the log. How much can a row cost you at most?"""

    def cost(scores, labels):
        probs = torch.sigmoid(scores)
        rows = labels * torch.log(probs + 1e-12) + (1 - labels) * torch.log(1 - probs + 1e-12)
        return -rows.mean()

    probs, _, slopes = three_parts(scores, labels, right_cost)
    return probs, three_parts(scores, labels, cost)[1], slopes


@misconception("binary_cost", loses=[BINARY_LARGE])
def overflows_in_the_branch_not_taken(scores, labels):
    """Your cost is right, your slope is nan. Does torch.where skip the branch not chosen?"""

    def cost(scores, labels):
        positive = scores + torch.log1p(torch.exp(-scores))
        negative = torch.log1p(torch.exp(scores))
        return (torch.where(scores > 0, positive, negative) - labels * scores).mean()

    return three_parts(scores, labels, cost)


@misconception("binary_cost", loses=[BINARY_OTHER])
def wants_a_slope_of_integers(scores, labels):
    """Your scores keep their dtype. Can an integer have a slope?"""
    torch.tensor(scores, requires_grad=True)
    return three_parts(scores, labels, right_cost)


@misconception("binary_cost", loses=[BINARY_OTHER, BINARY_LARGE])
def divides_by_three(scores, labels):
    """Your mean is right for three pets. How many are there in general?"""

    def cost(scores, labels):
        return nn.functional.binary_cross_entropy_with_logits(scores, labels, reduction="sum") / 3

    return three_parts(scores, labels, cost)


@alternative("binary_cost")
def writes_it_with_softplus(scores, labels):
    """log(1 + e^z) minus y times z, which nn.functional.softplus computes without overflow."""
    return three_parts(
        scores,
        labels,
        lambda scores, labels: (nn.functional.softplus(scores) - labels * scores).mean(),
    )


@alternative("binary_cost")
def takes_logs_of_sigmoids(scores, labels):
    """nn.functional.logsigmoid is safe for large scores, too."""

    def cost(scores, labels):
        cats = labels * nn.functional.logsigmoid(scores)
        dogs = (1 - labels) * nn.functional.logsigmoid(-scores)
        return -(cats + dogs).mean()

    return three_parts(scores, labels, cost)


# --- fit_multinomial ---

SOFTMAX = "test_fit_multinomial"
SOFTMAX_OTHER = "test_fit_multinomial_other_data"


def five_beats(
    X, labels, n_classes, learning_rate, epochs, loss_function=nn.functional.cross_entropy, **wrong
):
    """Train a softmax classifier; the arguments after the stub's own make a mistake possible."""
    X, labels = tensor64(X), torch.tensor(labels, dtype=torch.int64)
    torch.manual_seed(0)
    layer = nn.Linear(X.shape[1], n_classes, dtype=torch.float64)
    if not wrong.get("random"):
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    fixed = [layer.bias] if wrong.get("without_bias") else []
    history = []
    for epoch in range(epochs + 1):
        loss = loss_function(layer(X), labels)
        history.append(loss.item())
        if epoch == epochs:
            break
        if not wrong.get("remember"):
            layer.zero_grad()
        loss.backward()
        for tensor in layer.parameters():
            if not any(tensor is one for one in fixed):
                tensor.data -= learning_rate * tensor.grad
    return layer.weight.detach().numpy().T, layer.bias.detach().numpy(), np.array(history)


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def applies_softmax_twice(X, labels, n_classes, learning_rate, epochs):
    """It starts at the right loss and learns too slowly. What is inside nn.CrossEntropyLoss?"""
    return five_beats(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        lambda scores, labels: nn.functional.cross_entropy(scores.softmax(dim=1), labels),
    )


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def never_forgets(X, labels, n_classes, learning_rate, epochs):
    """The loss is right after one step, and wrong from then on. Which of the five beats is it?"""
    return five_beats(X, labels, n_classes, learning_rate, epochs, remember=True)


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def starts_where_the_layer_starts(X, labels, n_classes, learning_rate, epochs):
    """Your first loss is not the log of the number of classes. What are a new layer's weights?"""
    return five_beats(X, labels, n_classes, learning_rate, epochs, random=True)


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def adds_up_the_losses(X, labels, n_classes, learning_rate, epochs):
    """Your loss grows with the number of rows. Sum or mean?"""
    return five_beats(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        lambda scores, labels: nn.functional.cross_entropy(scores, labels, reduction="sum"),
    )


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def does_without_a_bias(X, labels, n_classes, learning_rate, epochs):
    """Your b stays 0. Does every parameter of the layer take the step?"""
    return five_beats(X, labels, n_classes, learning_rate, epochs, without_bias=True)


@misconception("fit_multinomial", loses=[SOFTMAX])
def reshapes_the_weights(X, labels, n_classes, learning_rate, epochs):
    """The shape of your W is right, but its numbers stand in wrong places. What does .T do?"""
    W, b, history = five_beats(X, labels, n_classes, learning_rate, epochs)
    return W.T.reshape(W.shape), b, history


@misconception("fit_multinomial", loses=[SOFTMAX])
def leaves_the_weights_on_their_side(X, labels, n_classes, learning_rate, epochs):
    """A row of your W belongs to a class. To what does it belong in this course?"""
    W, b, history = five_beats(X, labels, n_classes, learning_rate, epochs)
    return W.T, b, history


@misconception("fit_multinomial", loses=[SOFTMAX, SOFTMAX_OTHER])
def leaves_the_first_loss_out(X, labels, n_classes, learning_rate, epochs):
    """Your history begins after the first step. How many values should it have?"""
    W, b, history = five_beats(X, labels, n_classes, learning_rate, epochs)
    return W, b, history[1:]


@misconception("fit_multinomial", loses=[SOFTMAX_OTHER])
def counts_the_classes_in_the_labels(X, labels, n_classes, learning_rate, epochs):  # noqa: ARG001
    """You found the number of classes in the labels. What if the last class has no example?"""
    return five_beats(X, labels, int(labels.max()) + 1, learning_rate, epochs)


@misconception("fit_multinomial", loses=[SOFTMAX_OTHER])
def returns_b_before_the_last_step(X, labels, n_classes, learning_rate, epochs):
    """Your history has gone on, your b has not. When is it read?"""
    W, _, history = five_beats(X, labels, n_classes, learning_rate, epochs)
    return W, five_beats(X, labels, n_classes, learning_rate, epochs - 1)[1], history


@misconception("fit_multinomial", loses=[SOFTMAX_OTHER])
def keeps_the_dtype_of_the_labels(X, labels, n_classes, learning_rate, epochs):
    """Your labels keep their dtype. Which one does nn.CrossEntropyLoss insist on?"""
    scores = torch.zeros(len(labels), n_classes, dtype=torch.float64)
    nn.functional.cross_entropy(scores, torch.tensor(labels))
    return five_beats(X, labels, n_classes, learning_rate, epochs)


@alternative("fit_multinomial")
def gives_one_hot_rows_to_the_loss(X, labels, n_classes, learning_rate, epochs):
    """nn.CrossEntropyLoss also takes probabilities, such as one-hot rows."""
    targets = tensor64(np.eye(n_classes)[labels])
    return five_beats(
        X,
        labels,
        n_classes,
        learning_rate,
        epochs,
        lambda scores, _: nn.functional.cross_entropy(scores, targets),
    )


@alternative("fit_multinomial")
def does_without_a_layer(X, labels, n_classes, learning_rate, epochs):
    """Two tensors, log_softmax, and an optimiser for both."""
    X, rows = tensor64(X), np.arange(len(labels))
    W = torch.zeros(X.shape[1], n_classes, dtype=torch.float64, requires_grad=True)
    b = torch.zeros(n_classes, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([W, b], lr=learning_rate)
    history = []
    for epoch in range(epochs + 1):
        optimiser.zero_grad()
        loss = -torch.log_softmax(X @ W + b, dim=1)[rows, labels].mean()
        history.append(loss.item())
        if epoch < epochs:
            loss.backward()
            optimiser.step()
    return W.detach().numpy(), b.detach().numpy(), np.array(history)


# --- train_network ---

TRAIN = "test_train_network"
TRAIN_REGRESSION = "test_train_network_regression"
TRAIN_MULTICLASS = "test_train_network_multiclass"
TRAIN_TASKS = "test_train_network_refuses_other_tasks"
TRAIN_KEEPS = "test_train_network_keeps_its_input"

LOSSES = {
    "regression": nn.functional.mse_loss,
    "binary": nn.functional.binary_cross_entropy_with_logits,
    "multiclass": nn.functional.cross_entropy,
}


def learn(params, X, targets, task, learning_rate, epochs, losses=LOSSES, **wrong):
    """Train a network; the arguments after the stub's own make a mistake possible."""
    if task not in losses:
        raise ValueError(task)
    model, X = TwoLayers(params), tensor64(X)
    targets = torch.tensor(targets, dtype=torch.int64 if task == "multiclass" else torch.float64)
    moving = list(model.output.parameters() if wrong.get("output_only") else model.parameters())
    history = []
    for epoch in range(epochs + 1):
        outputs = model(X) if task == "multiclass" else model(X)[:, 0]
        loss = losses[task](outputs, targets)
        history.append(loss.item())
        if epoch == epochs:
            break
        if not wrong.get("remember"):
            model.zero_grad()
        loss.backward()
        for tensor in moving:
            tensor.data -= learning_rate * tensor.grad
    return model.params(), np.array(history)


@misconception("train_network", loses=[TRAIN, TRAIN_REGRESSION])
def never_clears_the_slopes(params, X, targets, task, learning_rate, epochs):
    """The first step is right, those after it are not. Which beat is missing?"""
    return learn(params, X, targets, task, learning_rate, epochs, remember=True)


@misconception("train_network", loses=[TRAIN, TRAIN_REGRESSION])
def trains_the_output_layer_alone(params, X, targets, task, learning_rate, epochs):
    """The weights of your hidden layer stay as they are. Whose parameters has the optimiser?"""
    return learn(params, X, targets, task, learning_rate, epochs, output_only=True)


@misconception("train_network", loses=[TRAIN])
def uses_squares_for_every_yes_or_no(params, X, targets, task, learning_rate, epochs):
    """For a binary task you take the squared error. Which loss stands in that row of the table?"""
    losses = LOSSES | {"binary": lambda z, labels: nn.functional.mse_loss(torch.sigmoid(z), labels)}
    return learn(params, X, targets, task, learning_rate, epochs, losses)


@misconception("train_network", loses=[TRAIN])
def applies_sigmoid_before_a_loss_of_logits(params, X, targets, task, learning_rate, epochs):
    """Your binary loss gets probabilities. What does the word Logits in its name say?"""
    losses = LOSSES | {"binary": lambda z, labels: LOSSES["binary"](torch.sigmoid(z), labels)}
    return learn(params, X, targets, task, learning_rate, epochs, losses)


@misconception("train_network", loses=[TRAIN_REGRESSION, TRAIN_KEEPS])
def compares_every_output_with_every_target(params, X, targets, task, learning_rate, epochs):
    """Outputs of shape (N, 1) met targets of shape (N,). How many differences did you square?"""
    losses = LOSSES | {"regression": lambda z, y: ((z[:, None] - y) ** 2).mean()}
    return learn(params, X, targets, task, learning_rate, epochs, losses)


@misconception("train_network", loses=[TRAIN_REGRESSION])
def returns_the_weights_it_began_with(params, X, targets, task, learning_rate, epochs):
    """Your history falls, and the weights that you return never moved. When do you read them?"""
    _, history = learn(params, X, targets, task, learning_rate, epochs)
    return {name: array.copy() for name, array in params.items()}, history


@misconception("train_network", loses=[TRAIN_MULTICLASS])
def gives_softmax_to_the_cross_entropy(params, X, targets, task, learning_rate, epochs):
    """Your loss of several classes gets probabilities. Which of its steps did you do for it?"""
    losses = LOSSES | {
        "multiclass": lambda z, labels: LOSSES["multiclass"](z.softmax(dim=1), labels)
    }
    return learn(params, X, targets, task, learning_rate, epochs, losses)


@misconception("train_network", loses=[TRAIN_MULTICLASS])
def asks_each_class_on_its_own(params, X, targets, task, learning_rate, epochs):
    """Your classes do not compete: each has a sigmoid of its own. Which loss is for one of many?"""

    def each_class(scores, labels):
        one_hot = nn.functional.one_hot(labels, scores.shape[1]).double()
        return LOSSES["binary"](scores, one_hot)

    losses = LOSSES | {"multiclass": each_class}
    return learn(params, X, targets, task, learning_rate, epochs, losses)


@misconception("train_network", loses=[TRAIN, TRAIN_REGRESSION, TRAIN_MULTICLASS, TRAIN_KEEPS])
def starts_its_history_too_late(params, X, targets, task, learning_rate, epochs):
    """Your history lacks the loss before the first step. How many values does it have?"""
    trained, history = learn(params, X, targets, task, learning_rate, epochs)
    return trained, history[1:]


@misconception("train_network", loses=[TRAIN_TASKS])
def takes_any_other_task_for_regression(params, X, targets, task, learning_rate, epochs):
    """Your last branch is a bare else. Which tasks end up there?"""
    known = task if task in LOSSES else "regression"
    return learn(params, X, targets, known, learning_rate, epochs)


@misconception("train_network", loses=[TRAIN_KEEPS])
def writes_into_the_dictionary(params, X, targets, task, learning_rate, epochs):
    """You put the new weights into the dictionary that you were given. Whose is it?"""
    trained, history = learn(params, X, targets, task, learning_rate, epochs)
    params.update(trained)
    return params, history


@alternative("train_network")
def trains_without_an_optimiser(params, X, targets, task, learning_rate, epochs):
    """The steps of part 2, for every parameter of the model."""
    return learn(params, X, targets, task, learning_rate, epochs)


@alternative("train_network")
def computes_with_four_tensors(params, X, targets, task, learning_rate, epochs):
    """No nn.Module at all: the formula of day 4, and autograd."""
    if task not in LOSSES:
        raise ValueError(f"no loss for {task}")
    kind = torch.int64 if task == "multiclass" else torch.float64
    X, targets, history = tensor64(X), torch.tensor(targets, dtype=kind), []
    own = {name: tensor64(array).requires_grad_() for name, array in params.items()}
    optimiser = torch.optim.SGD(own.values(), lr=learning_rate)
    for epoch in range(epochs + 1):
        hidden = torch.tanh(X @ own["W1"] + own["b1"])
        outputs = hidden @ own["W2"] + own["b2"]
        loss = LOSSES[task](outputs if task == "multiclass" else outputs.squeeze(1), targets)
        history.append(loss.item())
        if epoch < epochs:
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return {name: tensor.detach().numpy() for name, tensor in own.items()}, np.array(history)


# --- build_mlp ---

BUILD = "test_build_mlp"
BUILD_FORWARD = "test_build_mlp_forward"
BUILD_SEEDS = "test_build_mlp_seeds"
BUILD_OWN = "test_build_mlp_own_weights"
BUILD_SHORT = "test_build_mlp_refuses_one_size"


def stack(sizes, seed, between=nn.ReLU, at_the_end=()):
    """Build an MLP."""
    if len(sizes) < 2:
        raise ValueError(sizes)
    torch.manual_seed(seed)
    layers = []
    for n_inputs, n_outputs in itertools.pairwise(sizes):
        layers += [nn.Linear(n_inputs, n_outputs), between()]
    return nn.Sequential(*layers[:-1], *at_the_end)


@misconception("build_mlp", loses=[BUILD, BUILD_FORWARD])
def leaves_a_relu_at_the_end(sizes, seed):
    """Your last part is a ReLU. Which final scores could never be predicted then?"""
    return stack(sizes, seed, at_the_end=(nn.ReLU(),))


@misconception("build_mlp", loses=[BUILD, BUILD_FORWARD])
def ends_in_a_softmax(sizes, seed):
    """Your last part is a softmax. What do the losses of this notebook want to be given?"""
    return stack(sizes, seed, at_the_end=(nn.Softmax(dim=1),))


@misconception("build_mlp", loses=[BUILD])
def makes_every_hidden_layer_the_first_size(sizes, seed):
    """All your hidden layers have the same size. Which two sizes belong to a layer?"""
    if len(sizes) < 2:
        raise ValueError(sizes)
    return stack((sizes[0], *[sizes[1]] * (len(sizes) - 2), sizes[-1]), seed)


@misconception("build_mlp", loses=[BUILD_FORWARD])
def puts_tanh_between(sizes, seed):
    """Your layers have tanh between them, as TwoLayers has. What does the docstring say?"""
    return stack(sizes, seed, between=nn.Tanh)


@misconception("build_mlp", loses=[BUILD_FORWARD])
def puts_nothing_between(sizes, seed):
    """Between your layers nothing bends. How many layers is a product of two matrices worth?"""
    return stack(sizes, seed, between=nn.Identity)


@misconception("build_mlp", loses=[BUILD_SEEDS])
def always_uses_the_same_seed(sizes, seed):  # noqa: ARG001 # it is ignored
    """Your weights do not depend on the argument seed. Where do you use it?"""
    return stack(sizes, 0)


@misconception("build_mlp", loses=[BUILD_SEEDS])
def never_sets_the_seed(sizes, seed):  # noqa: ARG001 # it is ignored
    """Two of your networks with one seed differ. Who throws the dice, and who fixes them?"""
    state = torch.get_rng_state()
    stack(sizes, 0)  # refuses what must be refused
    torch.set_rng_state(state)
    model = nn.Sequential()
    for n_inputs, n_outputs in itertools.pairwise(sizes):
        model.append(nn.Linear(n_inputs, n_outputs))
        model.append(nn.ReLU())
    return model[:-1]


@misconception("build_mlp", loses=[BUILD_SEEDS, BUILD_OWN])
def starts_from_zeros(sizes, seed):
    """All your weights are 0. What did day 4 say of hidden units that begin alike?"""
    model = stack(sizes, seed)
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return model


@misconception("build_mlp", loses=[BUILD_OWN])
def repeats_one_layer(sizes, seed):
    """A list times 3 holds the same layer three times. How many sets of weights is that?"""
    model = stack(sizes, seed)
    if len(model) > 5:
        model[4] = model[2]
    return model


@misconception("build_mlp", loses=[BUILD_OWN])
def sets_the_seed_for_each_layer(sizes, seed):
    """Two of your layers begin with equal weights. How often do you set the seed?"""
    if len(sizes) < 2:
        raise ValueError(sizes)
    layers = []
    for n_inputs, n_outputs in itertools.pairwise(sizes):
        torch.manual_seed(seed)
        layers += [nn.Linear(n_inputs, n_outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


@misconception("build_mlp", loses=[BUILD_SHORT])
def builds_a_network_of_nothing(sizes, seed):
    """With one size your network has no layer, and hands its input on. Is that an MLP?"""
    return stack(sizes, seed) if len(sizes) > 1 else nn.Sequential()


@alternative("build_mlp")
def appends_part_by_part(sizes, seed):
    """Sequential can grow."""
    if len(sizes) <= 1:
        raise ValueError("too few sizes")
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(sizes[0], sizes[1]))
    for before, after in itertools.pairwise(sizes[1:]):
        model.append(nn.ReLU())
        model.append(nn.Linear(before, after))
    return model


@alternative("build_mlp")
def makes_the_linear_layers_first(sizes, seed):
    """All linear layers, then ReLUs between them."""
    torch.manual_seed(seed)
    linear = [nn.Linear(a, b) for a, b in itertools.pairwise(sizes)]
    if not linear:
        raise ValueError("no layer")
    parts = [linear[0]]
    for layer in linear[1:]:
        parts += [nn.ReLU(), layer]
    return nn.Sequential(*parts)
