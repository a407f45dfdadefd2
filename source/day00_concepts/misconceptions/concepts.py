"""What goes wrong in `concepts`, and what is right another way."""

import numpy as np

from autograder.catalogue import alternative, misconception

# --- multiply ---

MULTIPLY_ALL = ["test_multiply", "test_multiply_other_numbers"]


@misconception("multiply", loses=["test_multiply_other_numbers"])
def knows_one_product(a, b):  # noqa: ARG001 # the arguments are what is forgotten
    """You return one number, the right one for 43214 and 245124. What if a and b change?"""
    return 10592788536


@misconception("multiply", loses=MULTIPLY_ALL)
def adds(a, b):
    """Your result is the sum. Which sign multiplies in Python?"""
    return a + b


@misconception("multiply", loses=MULTIPLY_ALL)
def returns_a_float(a, b):
    """The value is right, the type is not. Integers times integers need no decimal point."""
    return float(a) * float(b)


@misconception("multiply", loses=MULTIPLY_ALL)
def rounds_first(a, b):
    """Rounding first is how people guess. What does the machine need no help with?"""
    return round(a, -3) * round(b, -3)


@misconception("multiply", loses=["test_multiply_other_numbers"])
def drops_the_sign(a, b):
    """Minus times plus: which sign has your result?"""
    return abs(a) * abs(b)


@alternative("multiply")
def multiplies_in_two_parts(a, b):
    """As by hand: thousands, then the rest."""
    thousands, rest = divmod(b, 1000)
    return a * thousands * 1000 + a * rest


@alternative("multiply")
def lets_numpy_multiply(a, b):
    """A 64-bit integer has room for it."""
    return np.int64(a) * np.int64(b)


# --- alphago ---


@misconception("alphago", loses=["test_alphago_three_roles"])
def learns_from_hardware():
    """48 processors make it fast. What does it learn *from*?"""
    return {**alphago, "E": "c"}


@misconception("alphago", loses=["test_alphago_three_roles"])
def swaps_task_and_measure():
    """To play and to win: which is what it does, and which is how well it does it?"""
    return {**alphago, "T": "a", "P": "d"}


@misconception("alphago", loses=["test_alphago_three_roles"])
def takes_the_task_for_experience():
    """Playing is what it does. What do the many games give it?"""
    return {**alphago, "T": "b", "E": "d"}


@misconception("alphago", loses=["test_alphago", "test_alphago_three_roles"])
def uses_one_letter_twice():
    """One letter stands twice. Can the task be its own measure?"""
    return {**alphago, "T": "a"}


@misconception("alphago", loses=["test_alphago", "test_alphago_three_roles"])
def writes_capital_letters():
    """Python tells "A" from "a". How are the letters written in the table?"""
    return {key: letter.upper() for key, letter in alphago.items()}


@alternative("alphago")
def orders_the_letters_otherwise():
    """A dictionary has no first entry that matters."""
    return {"P": "a", "E": "b", "T": "d"}


# --- predict ---

PREDICT_ALL = ["test_predict", "test_predict_on_the_threshold", "test_predict_other_thresholds"]
PREDICT_HIDDEN = ["test_predict_on_the_threshold", "test_predict_other_thresholds"]


@misconception("predict", loses=["test_predict_on_the_threshold"])
def counts_the_threshold_as_banana(threshold, longness):
    """A value equal to the threshold: does the text say "greater" or "at least"?"""
    return [int(value >= threshold) for value in longness]


@misconception("predict", loses=PREDICT_ALL)
def answers_true_and_false(threshold, longness):
    """True and False are right in spirit. Which two integers does the text ask for?"""
    return [value > threshold for value in longness]


@misconception("predict", loses=PREDICT_ALL)
def turns_the_comparison_round(threshold, longness):
    """You call the short fruits bananas. On which side of the threshold do bananas lie?"""
    return [int(value < threshold) for value in longness]


@misconception("predict", loses=PREDICT_HIDDEN)
def keeps_the_rule_of_three(threshold, longness):  # noqa: ARG001 # it is what is forgotten
    """Your rule says 3, whatever is asked. Which argument holds the threshold?"""
    return [int(value > 3) for value in longness]


@misconception("predict", loses=PREDICT_HIDDEN)
def cuts_off_the_decimals(threshold, longness):
    """int(2.2) is 2. What do you round: the answer, or the threshold?"""
    return [int(value > int(threshold)) for value in longness]


@misconception("predict", loses=PREDICT_ALL)
def picks_the_bananas_out(threshold, longness):
    """You return the long fruits themselves. The text asks for one answer for *each* fruit."""
    return [value for value in longness if value > threshold]


@misconception("predict", loses=PREDICT_ALL)
def answers_one_and_minus_one(threshold, longness):
    """Some lectures answer 1 and -1. Which two numbers does the text ask for?"""
    return [1 if value > threshold else -1 for value in longness]


@misconception("predict", loses=["test_predict_other_thresholds"])
def counts_on_four_fruits(threshold, longness):
    """Four answers come back. What if there are five fruits?"""
    return [int(longness[n] > threshold) for n in range(4)]


@alternative("predict")
def appends_in_a_loop(threshold, longness):
    """A loop with if and else."""
    answers = []
    for value in longness:
        if value > threshold:
            answers.append(1)
        else:
            answers.append(0)
    return answers


@alternative("predict")
def compares_an_array(threshold, longness):
    """NumPy, then back to a list."""
    return (np.array(longness) > threshold).astype(int).tolist()


# --- train ---

TRAIN_ALL = ["test_train", "test_train_other_fruits", "test_train_equally_good"]
TRAIN_HIDDEN = ["test_train_other_fruits", "test_train_equally_good"]


def right_answers(threshold, longness, labels):
    """P of one candidate."""
    return sum(int(x > threshold) == label for x, label in zip(longness, labels, strict=True))


@misconception("train", loses=TRAIN_HIDDEN)
def takes_the_longest_other_fruit(longness, labels):
    """One very long orange decides all for you. How many answers are right with its length?"""
    return max(x for x, label in zip(longness, labels, strict=True) if label == 0)


@misconception("train", loses=["test_train_other_fruits"])
def saves_the_shortest_banana(longness, labels):
    """You let no banana go, not even one very short one. How many other fruits does that cost?"""
    shortest = min(x for x, label in zip(longness, labels, strict=True) if label == 1)
    return max((x for x in longness if x < shortest), default=shortest)


@misconception("train", loses=["test_train_equally_good"])
def keeps_the_last_of_equals(longness, labels):
    """Of equally good candidates you keep the last. When does "as good as the best" replace it?"""
    best, most_right = None, -1
    for threshold in sorted(longness):
        right = right_answers(threshold, longness, labels)
        if right >= most_right:
            best, most_right = threshold, right
    return best


@misconception("train", loses=["test_train_equally_good"])
def keeps_the_first_in_the_list(longness, labels):
    """Of equally good candidates you keep the one that stands first. Is it the smallest?"""
    return max(longness, key=lambda threshold: right_answers(threshold, longness, labels))


@misconception("train", loses=TRAIN_ALL)
def counts_the_threshold_in(longness, labels):
    """Your candidate counts itself as a banana. Does the text say "greater" or "at least"?"""
    scored = [
        (sum(int(x >= t) == label for x, label in zip(longness, labels, strict=True)), -t)
        for t in longness
    ]
    return -max(scored)[1]


@misconception("train", loses=TRAIN_ALL)
def goes_halfway(longness, labels):
    """Halfway between two fruits is a fine place. Is it one of the candidates?"""
    pairs = list(zip(longness, labels, strict=True))
    return (max(x for x, c in pairs if c == 0) + min(x for x, c in pairs if c == 1)) / 2


@misconception("train", loses=TRAIN_ALL)
def returns_how_many_are_right(longness, labels):
    """You return P, the number of right answers. Which candidate reached it?"""
    return max(right_answers(threshold, longness, labels) for threshold in longness)


@misconception("train", loses=TRAIN_ALL)
def does_not_learn(longness, labels):  # noqa: ARG001 # the experience is what is ignored
    """The rule of 3 again. Does your answer depend on the data at all?"""
    return 3.0


@misconception("train", loses=TRAIN_ALL)
def keeps_the_worst(longness, labels):
    """You keep a threshold that gets few right. Do you count right answers, or errors?"""
    return min(sorted(longness), key=lambda threshold: right_answers(threshold, longness, labels))


@misconception("train", loses=TRAIN_HIDDEN)
def sorts_away_from_the_labels(longness, labels):
    """You sort the list, and the labels stay behind. Which label belongs to which fruit now?"""
    longness = sorted(longness)
    return max(longness, key=lambda threshold: right_answers(threshold, longness, labels))


@alternative("train")
def takes_the_maximum(longness, labels):
    """max keeps the first of equals, and the candidates are in order."""
    return max(sorted(longness), key=lambda t: count_right(predict(t, longness), labels))


@alternative("train")
def counts_errors_with_numpy(longness, labels):
    """One row for each candidate, one column for each fruit."""
    x, truth = np.array(longness), np.array(labels)
    candidates = np.unique(x)
    errors = ((x > candidates[:, None]) != truth).sum(axis=1)
    return candidates[errors.argmin()]


# --- count_missing ---


@misconception("count_missing", loses=["test_count_missing", "test_count_missing_other_labels"])
def counts_what_is_there(labels):
    """You count the labels that are given. Which ones are missing?"""
    return sum(label != "N/A" for label in labels)


@misconception("count_missing", loses=["test_count_missing", "test_count_missing_other_labels"])
def says_whether_one_is_missing(labels):
    """You find out whether a label is missing. How many are?"""
    return int("N/A" in labels)


@misconception("count_missing", loses=["test_count_missing_other_labels"])
def knows_only_a_b_and_c(labels):
    """Other tables have other labels than A, B and C. Which text means "missing"?"""
    return sum(label not in {"A", "B", "C"} for label in labels)


@misconception("count_missing", loses=["test_count_missing_other_labels"])
def takes_more_words_for_missing(labels):
    """You count other texts too, such as "NA" or an empty one. Which text does the prompt name?"""
    return sum(label in {"N/A", "NA", ""} for label in labels)


@misconception("count_missing", loses=["test_count_missing_other_labels"])
def looks_at_five_rows(labels):
    """You look at five labels. What if the table is longer?"""
    return labels[:5].count("N/A")


@alternative("count_missing")
def lets_the_list_count(labels):
    """A list has a method for it."""
    return labels.count("N/A")


# --- encode_column ---

ENCODE_ALL = [
    "test_encode_column",
    "test_encode_column_other_codes",
    "test_encode_column_no_code",
]
ENCODE_VALUES = ["test_encode_column", "test_encode_column_other_codes"]


def codes_of(column, codes):
    """The right codes, or the ValueError that the docstring asks for."""
    if not set(column) <= set(codes):
        raise ValueError("no code")
    return [codes[word] for word in column]


@misconception(
    "encode_column", loses=["test_encode_column_other_codes", "test_encode_column_no_code"]
)
def knows_only_f_and_m(column, codes):  # noqa: ARG001 # the codes are what is ignored
    """Your function knows F and M alone. Where does it find the codes of other words?"""
    return [int(word == "M") for word in column]


@misconception("encode_column", loses=["test_encode_column_other_codes"])
def takes_the_place_in_the_dictionary(column, codes):
    """You use where a word stands in the dictionary. Which number belongs to it there?"""
    return [list(codes).index(word) for word in column]


@misconception("encode_column", loses=["test_encode_column_no_code"])
def lets_a_key_error_out(column, codes):
    """The error has another name than the docstring says. Can you look before you reach?"""
    return [codes[word] for word in column]


@misconception("encode_column", loses=["test_encode_column_no_code"])
def marks_unknown_words(column, codes):
    """A word without a code gets a number from you. What does the docstring ask for?"""
    return [codes.get(word, -1) for word in column]


@misconception("encode_column", loses=["test_encode_column_no_code"])
def skips_unknown_words(column, codes):
    """You leave unknown words out, and the rows no longer fit. What does the docstring ask for?"""
    return [codes[word] for word in column if word in codes]


@misconception("encode_column", loses=ENCODE_VALUES)
def turns_the_codes_round(column, codes):
    """F has code 0 and M has code 1. What do you do with the codes?"""
    return [1 - code for code in codes_of(column, codes)]


@misconception("encode_column", loses=ENCODE_VALUES)
def returns_texts(column, codes):
    """Your codes are texts. Can a model compute with "0"?"""
    return [str(code) for code in codes_of(column, codes)]


@misconception("encode_column", loses=ENCODE_ALL)
def returns_the_words(column, codes):  # noqa: ARG001 # the codes are what is ignored
    """The words come back as they were. Where do their codes come in?"""
    return list(column)


@alternative("encode_column")
def turns_one_error_into_another(column, codes):
    """Try, and say it in the words of the docstring."""
    try:
        return [codes[word] for word in column]
    except KeyError as error:
        raise ValueError(f"no code for {error}") from None


@alternative("encode_column")
def looks_first(column, codes):
    """All words are checked before the first is encoded."""
    unknown = [word for word in column if word not in codes]
    if unknown:
        raise ValueError(f"no code for {unknown}")
    return list(map(codes.get, column))


# --- kinds ---


@misconception("kinds", loses=["test_kinds", "test_kinds_with_labels"])
def overlooks_the_missing_labels():
    """50 of 1000 X-ray images have a label. Is that every example?"""
    return {**kinds, "xray": "supervised"}


@misconception("kinds", loses=["test_kinds", "test_kinds_without_labels"])
def takes_a_reward_for_nothing():
    """AlphaGo Zero hears who won. Is that no information at all?"""
    return {**kinds, "go": "unsupervised"}


@misconception("kinds", loses=["test_kinds_with_labels"])
def expects_labels_to_be_classes():
    """A label need not be a class. Is the final score known for each student?"""
    return {**kinds, "final": "unsupervised"}


@misconception("kinds", loses=["test_kinds_with_labels"])
def doubts_the_readers():
    """Which of the mails has no mark from its reader?"""
    return {**kinds, "mail": "semi-supervised"}


@misconception("kinds", loses=["test_kinds_without_labels"])
def takes_groups_for_labels():
    """The customers end up in groups. Were the groups known to begin with?"""
    return {**kinds, "shop": "supervised"}


@misconception("kinds", loses=["test_kinds_without_labels"])
def takes_columns_for_labels():
    """PCA gets 16 columns. Does any of them tell it the right answer?"""
    return {**kinds, "pca": "supervised"}


@misconception("kinds", loses=["test_kinds", "test_kinds_with_labels", "test_kinds_without_labels"])
def writes_a_capital():
    """Python tells "Supervised" from "supervised". How are the words written above?"""
    return {name: word.capitalize() for name, word in kinds.items()}


@alternative("kinds")
def collects_by_word():
    """From each kind to its situations, and back."""
    found = {"supervised": ["mail", "final"], "semi-supervised": ["xray"]}
    found |= {"unsupervised": ["shop", "pca"], "reinforcement": ["go"]}
    return {name: word for word, names in found.items() for name in names}


# --- tasks ---


@misconception("tasks", loses=["test_tasks_name_or_amount"])
def takes_a_number_for_an_amount():
    """Types of animals have numbers from 0 to 6. Is type 4 twice as much as type 2?"""
    return {**tasks, "zoo": "regression"}


@misconception("tasks", loses=["test_tasks_name_or_amount"])
def takes_a_grade_for_an_amount():
    """Score or grade: which of them is a name from a short list?"""
    return {**tasks, "grade": "regression"}


@misconception("tasks", loses=["test_tasks_name_or_amount"])
def sorts_children_into_classes():
    """A child's height: is it a name, or an amount?"""
    return {**tasks, "child": "classification"}


@misconception("tasks", loses=["test_tasks_name_or_amount"])
def swaps_names_and_amounts():
    """Names and amounts are mixed up throughout. Which of the two does a class have?"""
    other = {"classification": "regression", "regression": "classification"}
    return {name: other.get(word, word) for name, word in tasks.items()}


@misconception("tasks", loses=["test_tasks", "test_tasks_no_answer_given"])
def classifies_without_classes():
    """Which stories there are is not known beforehand. Can one classify without classes?"""
    return {**tasks, "news": "classification"}


@misconception("tasks", loses=["test_tasks", "test_tasks_no_answer_given"])
def groups_one_payment():
    """One payment among a million. Is the aim to group them, or to find that one?"""
    return {**tasks, "card": "clustering"}


@misconception("tasks", loses=["test_tasks_no_answer_given"])
def swaps_groups_and_the_odd_one():
    """In a heap of articles, and among payments: where is *one* example sought?"""
    return {**tasks, "news": "anomaly detection", "card": "clustering"}


@alternative("tasks")
def answers_one_by_one():
    """The same, one assignment each."""
    answer = dict.fromkeys(["mail", "zoo", "grade"], "classification")
    answer["exam"] = answer["child"] = "regression"
    answer["news"], answer["card"] = "clustering", "anomaly detection"
    return answer


# --- fits ---


@misconception("fits", loses=["test_fits_three_curves"])
def confuses_too_simple_and_too_curved():
    """The flat line and the wild curve are both bad. Which of them fits the seen points?"""
    return {**fits, "A": "overfits", "C": "underfits"}


@misconception("fits", loses=["test_fits_three_curves"])
def admires_the_curve():
    """The curve goes through all points that it has seen. And through the new ones?"""
    return {**fits, "C": "generalises"}


@misconception("fits", loses=["test_fits_three_filters"])
def admires_99_percent():
    """F is nearly perfect on mails it has seen. On which mails will it be used?"""
    return {**fits, "F": "generalises"}


@misconception("fits", loses=["test_fits_three_filters"])
def takes_accuracy_for_an_error():
    """For D, E and F the numbers are right answers, not errors. Is a large one good or bad?"""
    return {**fits, "D": "underfits", "E": "generalises"}


@misconception("fits", loses=["test_fits", "test_fits_three_curves", "test_fits_three_filters"])
def looks_at_seen_data_only():
    """You judge by the data that a model has seen. Which column says how it does on new data?"""
    return {**fits, "C": "generalises", "F": "generalises"}


@misconception("fits", loses=["test_fits_three_filters"])
def fears_every_high_score():
    """D falls from 97 % to 96 %. Is that knowing by heart?"""
    return {**fits, "D": "overfits"}


@alternative("fits")
def groups_by_word():
    """Two models for each word."""
    pairs = {"underfits": "AE", "generalises": "BD", "overfits": "CF"}
    return {name: word for word, names in pairs.items() for name in names}


# --- difficulties ---


@misconception("difficulties", loses=["test_difficulties_six_photos"])
def swaps_hidden_and_alike():
    """Behind the sofa, on the carpet: where is a part of the cat out of sight?"""
    return {**difficulties, "sofa": "clutter", "carpet": "occlusion"}


@misconception("difficulties", loses=["test_difficulties_six_photos"])
def swaps_camera_and_cat():
    """From the roof, or rolled up: which time did the camera move, and which time the cat?"""
    return {**difficulties, "roof": "deformation", "yoga": "viewpoint"}


@misconception("difficulties", loses=["test_difficulties_six_photos"])
def swaps_one_cat_and_many():
    """Rolled up, or of three breeds: where is it one and the same cat?"""
    return {**difficulties, "yoga": "variation", "breeds": "deformation"}


@misconception("difficulties", loses=["test_difficulties", "test_difficulties_six_photos"])
def uses_a_word_twice():
    """One word stands twice, and one is missing. Is the background to blame behind the sofa?"""
    return {**difficulties, "sofa": "clutter"}


@misconception("difficulties", loses=["test_difficulties", "test_difficulties_six_photos"])
def writes_the_word_for_the_photo():
    """The photo's name is given. Which *difficulty* does it show?"""
    return {photo: photo for photo in difficulties}


@alternative("difficulties")
def reads_from_the_words():
    """The pairs the other way round."""
    photos = {"occlusion": "sofa", "clutter": "carpet", "viewpoint": "roof"}
    photos |= {"lighting": "candle", "deformation": "yoga", "variation": "breeds"}
    return {photo: word for word, photo in photos.items()}


# --- years ---

YEARS_ALL = ["test_years", "test_years_two_springs", "test_years_deep_learning"]


@misconception("years", loses=["test_years_two_springs"])
def puts_checkers_first():
    """Samuel or Rosenblatt: who came two years after whom?"""
    return {**years, "perceptron": 1959, "checkers": 1957}


@misconception("years", loses=["test_years_two_springs"])
def refutes_before_it_is_known():
    """17 years lie between the XOR book and backpropagation. Which of them came first?"""
    return {**years, "XOR book": 1986, "backpropagation": 1969}


@misconception("years", loses=["test_years", "test_years_two_springs"])
def takes_the_first_discovery():
    """1974 is when Werbos found it. Which year of the list is when it spread?"""
    return {**years, "backpropagation": 1974}


@misconception("years", loses=["test_years_two_springs", "test_years_deep_learning"])
def puts_digits_before_backpropagation():
    """LeCun's comparison came nine years after something. After what?"""
    return {**years, "backpropagation": 1995, "LeCun": 1986}


@misconception("years", loses=["test_years_deep_learning"])
def plays_go_before_it_sees():
    """AlexNet and AlphaGo are four years apart. Which of them came first?"""
    return {**years, "AlexNet": 2016, "AlphaGo": 2012}


@misconception("years", loses=["test_years_deep_learning"])
def starts_deep_learning_with_alexnet():
    """Hinton's paper came six years before AlexNet. Which one is yours?"""
    return {**years, "Hinton": 2012, "AlexNet": 2006}


@misconception("years", loses=YEARS_ALL)
def writes_years_as_texts():
    """Years in quotes are texts. Can you subtract two of them?"""
    return {event: str(year) for event, year in years.items()}


@alternative("years")
def counts_the_years_between():
    """As the text tells it: each event by the years since the one before."""
    steps = [1957, 2, 10, 17, 9, 11, 6, 4]
    return dict(zip(years, np.cumsum(steps), strict=True))


# --- facts ---

FACTS_ALL = ["test_facts", "test_facts_tools", "test_facts_methods"]


@misconception("facts", loses=FACTS_ALL)
def agrees_with_everything():
    """You agree with everything. Which of the statements contradict the text?"""
    return dict.fromkeys(facts, True)


@misconception("facts", loses=FACTS_ALL)
def puts_truth_into_quotes():
    """In quotes, "True" is a text. How does Python write the value?"""
    return {name: str(value) for name, value in facts.items()}


@misconception("facts", loses=["test_facts_tools", "test_facts_methods"])
def says_the_opposite():
    """Everything is the other way round. Did you mark what is wrong instead of what is true?"""
    return {name: not value for name, value in facts.items()}


@misconception("facts", loses=["test_facts_tools"])
def opens_a_session():
    """Sessions belong to one version of TensorFlow. To which?"""
    return {**facts, "b": True}


@misconception("facts", loses=["test_facts_tools"])
def ties_keras_to_tensorflow():
    """Keras once belonged to TensorFlow alone. What does it leave the computing to today?"""
    return {**facts, "a": False}


@misconception("facts", loses=["test_facts_methods"])
def lets_networks_invent_hog():
    """Which features were learned, and which did people design?"""
    return {**facts, "d": True}


@misconception("facts", loses=["test_facts_methods"])
def lets_symbols_learn():
    """Where do the rules of symbolic AI come from?"""
    return {**facts, "e": True}


@misconception("facts", loses=["test_facts_methods"])
def trusts_the_past():
    """Model C explained all seven points. How were its predictions?"""
    return {**facts, "f": False}


@alternative("facts")
def computes_the_truth():
    """NumPy's own True and False."""
    return {name: np.bool_(name in "acf") for name in facts}
