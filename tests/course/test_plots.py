import itertools
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Rectangle

from course.plots import COLORS, bars, decision_line, draw_broadcast, heatmap, templates

mpl.use("Agg")

MATRIX = np.arange(6).reshape(2, 3)
POINTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
OR = np.array([0, 1, 1, 1])


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


DRAWINGS: dict[str, Callable[[Axes | None], Axes]] = {
    "broadcast": lambda ax: draw_broadcast(MATRIX, [10, 20, 30], ax=ax),
    "clash": lambda ax: draw_broadcast(MATRIX, [10, 20], ax=ax),
    "heatmap": lambda ax: heatmap(MATRIX, title="t", xlabel="x", ylabel="y", ax=ax),
    "decision_line": lambda ax: decision_line(POINTS, OR, lambda x: 0.5 - x, title="t", ax=ax),
    "bars": lambda ax: bars(["a", "b"], [1, 2], title="t", ylabel="y", ax=ax),
    "templates": lambda ax: templates(np.eye(4), (2, 2), list("abcd"), title="t", ax=ax),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawing_opens_one_figure_shows_nothing_and_renders(
    draw: Callable[[Axes | None], Axes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plt, "show", lambda: pytest.fail("a notebook shows its figures by itself"))
    ax = draw(None)
    assert plt.get_fignums() == [ax.figure.number]
    ax.figure.canvas.draw()


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_drawing_uses_the_axes_given(draw: Callable[[Axes | None], Axes]) -> None:
    figure, (left, right) = plt.subplots(1, 2)
    assert draw(right) is right
    assert plt.get_fignums() == [figure.number]
    assert right.get_title()
    assert not left.get_title()


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_text_is_readable_and_inside_the_figure(draw: Callable[[Axes | None], Axes]) -> None:
    ax = draw(None)
    ax.figure.canvas.draw()
    for text in [ax.title, *(text for text in ax.texts if text.get_text())]:
        assert text.get_fontsize() >= 11
        box = text.get_window_extent()
        assert ax.figure.bbox.x0 <= box.x0
        assert box.x1 <= ax.figure.bbox.x1
        assert ax.figure.bbox.y0 <= box.y0
        assert box.y1 <= ax.figure.bbox.y1


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_every_cell_bar_and_image_lies_within_the_axes(
    draw: Callable[[Axes | None], Axes],
) -> None:
    ax = draw(None)
    ax.figure.canvas.draw()
    frame = ax.get_window_extent()
    for artist in [*ax.patches, *ax.images]:
        box = artist.get_window_extent()
        assert frame.x0 - 1 <= box.x0 <= box.x1 <= frame.x1 + 1
        assert frame.y0 - 1 <= box.y0 <= box.y1 <= frame.y1 + 1


def test_palette_has_eight_different_colours() -> None:
    assert len({to_hex(colour) for colour in COLORS.values()}) == 8


# draw_broadcast


def cells(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def hollow(ax: Axes) -> list[Rectangle]:
    return [cell for cell in cells(ax) if cell.get_facecolor() == to_rgba("white")]


@pytest.mark.parametrize(
    ("a", "b", "stretched", "title"),
    [
        pytest.param(
            MATRIX, [10, 20, 30], 3, "Shapes (2, 3) and (3,) broadcast to (2, 3)", id="row"
        ),
        pytest.param(
            [[1], [2]],
            [[10, 20, 30]],
            4 + 3,
            "Shapes (2, 1) and (1, 3) broadcast to (2, 3)",
            id="column_and_row",
        ),
        pytest.param(
            MATRIX, [[10], [20]], 4, "Shapes (2, 3) and (2, 1) broadcast to (2, 3)", id="column"
        ),
        pytest.param(MATRIX, MATRIX, 0, "Shapes (2, 3) and (2, 3) broadcast to (2, 3)", id="same"),
        pytest.param([1, 2, 3], 5, 2, "Shapes (3,) and () broadcast to (3,)", id="number"),
    ],
)
def test_broadcast_draws_every_cell_and_hollows_the_repeated_ones(
    a: Any, b: Any, stretched: int, title: str
) -> None:
    ax = draw_broadcast(a, b)
    total = np.add(a, b)
    assert ax.get_title() == title
    assert len(cells(ax)) == 3 * total.size
    assert len(hollow(ax)) == stretched
    numbers = [word for word in words(ax) if word.lstrip("\N{MINUS SIGN}").isdigit()]
    wanted = [*np.broadcast_to(a, total.shape).flat, *np.broadcast_to(b, total.shape).flat]
    assert numbers == [str(value) for value in [*wanted, *total.flat]]


def test_broadcast_tells_which_operand_is_stretched() -> None:
    assert words(draw_broadcast([[1], [2]], [10, 20, 30])).count("stretched to (2, 3)") == 2
    assert words(draw_broadcast(MATRIX, [10, 20, 30])).count("stretched to (2, 3)") == 1
    assert "stretched to (2, 3)" not in words(draw_broadcast(MATRIX, MATRIX))


@pytest.mark.parametrize(
    ("a", "b", "sizes", "title"),
    [
        pytest.param(
            MATRIX,
            [10, 20],
            ["3", "2"],
            "Shapes (2, 3) and (2,) do not broadcast:\n"
            "the last axes have 3 and 2 values, and neither is 1",
            id="last_axis",
        ),
        pytest.param(
            MATRIX,
            np.zeros((4, 3)),
            ["2", "4"],
            "Shapes (2, 3) and (4, 3) do not broadcast:\n"
            "the first axes have 2 and 4 values, and neither is 1",
            id="first_axis",
        ),
        pytest.param(
            MATRIX,
            np.zeros((3, 2)),
            ["3", "2", "2", "3"],
            "Shapes (2, 3) and (3, 2) do not broadcast:\n"
            "the last axes have 3 and 2 values, and neither is 1\n"
            "the first axes have 2 and 3 values, and neither is 1",
            id="both_axes",
        ),
    ],
)
def test_clash_is_marked_and_said(a: Any, b: Any, sizes: list[str], title: str) -> None:
    ax = draw_broadcast(a, b)
    assert ax.get_title() == title
    assert len(cells(ax)) == np.size(a) + np.size(b)
    marked = [text.get_text() for text in ax.texts if text.get_color() == COLORS["vermillion"]]
    assert marked == sizes


@given(
    shapes=hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=2, min_side=1, max_side=3),
)
@settings(max_examples=25, deadline=None)
def test_broadcast_agrees_with_numpy(shapes: Any) -> None:
    first, second = shapes.input_shapes
    ax = draw_broadcast(np.ones(first), np.ones(second))
    assert ax.get_title().endswith(f"broadcast to {shapes.result_shape}")
    plt.close("all")


@given(shapes=st.tuples(*[hnp.array_shapes(min_dims=1, max_dims=2, max_side=4)] * 2))
@settings(max_examples=50, deadline=None)
def test_clash_agrees_with_numpy(shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        sentence = "do not broadcast"
    else:
        sentence = "broadcast to"
    assert sentence in draw_broadcast(np.ones(shapes[0]), np.ones(shapes[1])).get_title()
    plt.close("all")


@pytest.mark.parametrize(
    ("a", "b", "name"),
    [(np.zeros((1, 1, 2)), [1], "a"), ([1], np.zeros((0, 3)), "b")],
    ids=["three_axes", "empty"],
)
def test_broadcast_refuses_what_it_cannot_draw(a: Any, b: Any, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must have one or two axes and a value"):
        draw_broadcast(a, b)


# heatmap


def test_heatmap_writes_values_and_names() -> None:
    ax = heatmap(
        [[-1.25, 2.0, 3.0], [4.0, 5.0, np.nan]],
        title="Scores",
        xlabel="class",
        ylabel="example",
        xticks=["cat", "car", "frog"],
        fmt="{:.2f}",
    )
    assert words(ax) == ["\N{MINUS SIGN}1.25", "2.00", "3.00", "4.00", "5.00", "nan"]
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("Scores", "class", "example")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["cat", "car", "frog"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0", "1"]


def test_heatmap_puts_zero_in_the_middle_when_both_signs_occur() -> None:
    image = heatmap([[-1.0, 3.0]], title="t", xlabel="x", ylabel="y").images[0]
    assert image.get_clim() == (-3.0, 3.0)


@pytest.mark.parametrize(
    "values",
    [[[0.0, 1.0]], [[-1.0, 1.0]], [[5.0, 5.0]]],
    ids=["one_sign", "both_signs", "constant"],
)
def test_heatmap_text_stands_out_from_its_cell(values: list[list[float]]) -> None:
    ax = heatmap(values, title="t", xlabel="x", ylabel="y")
    for text, colour in zip(ax.texts, ax.images[0].to_rgba(np.array(values))[0], strict=True):
        brightness = colour[:3].mean()
        assert abs(brightness - np.mean(to_rgba(text.get_color())[:3])) > 0.4


@pytest.mark.parametrize(
    ("values", "options", "sentence"),
    [
        ([1.0, 2.0], {}, r"must be a matrix, not of shape \(2,\)"),
        ([[1.0, 2.0]], {"xticks": ["a"]}, "xticks holds 1 names, expected 2"),
        ([[1.0, 2.0]], {"yticks": ["a", "b"]}, "yticks holds 2 names, expected 1"),
    ],
    ids=["vector", "xticks", "yticks"],
)
def test_heatmap_refuses(values: Any, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        heatmap(values, title="t", xlabel="x", ylabel="y", **options)


# decision_line


def test_classes_differ_in_marker_and_colour() -> None:
    ax = decision_line(POINTS, OR, lambda x: 0.5 - x, title="OR", labels=("off", "on"))
    first, second = ax.collections
    assert first.get_offsets().tolist() == [[0.0, 0.0]]
    assert second.get_offsets().tolist() == POINTS[1:].tolist()
    assert not np.array_equal(first.get_facecolor(), second.get_facecolor())
    assert len(first.get_paths()[0].vertices) != len(second.get_paths()[0].vertices)
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["off", "on", "boundary"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


def test_line_is_the_callable_and_does_not_stretch_the_picture() -> None:
    ax = decision_line(POINTS, OR, lambda x: 100.0 * x - 3.0, title="steep")
    x1, x2 = ax.lines[0].get_data()
    np.testing.assert_allclose(x2, 100.0 * np.asarray(x1) - 3.0)
    assert (x1[0], x1[-1]) == ax.get_xlim() == ax.get_ylim() == (-0.25, 1.25)


def test_positive_side_is_shaded() -> None:
    ax = decision_line(
        POINTS, OR, lambda x: 0.5 - x, title="OR", positive=lambda points: points.sum(axis=1) > 0.5
    )
    legend = ax.get_legend()
    assert legend is not None
    assert legend.get_texts()[-1].get_text() == "predicted: class 1"
    shade = next(part for part in ax.collections if part.get_zorder() == 0)
    (path,) = shade.get_paths()
    assert path.contains_point((1.0, 1.0))
    assert not path.contains_point((0.0, 0.0))


def test_points_that_share_a_coordinate_are_drawn() -> None:
    ax = decision_line([[1.0, 2.0], [1.0, 3.0]], [0, 1], lambda x: x, title="t")
    assert ax.get_xlim() == (0.0, 2.0)


@pytest.mark.parametrize(
    ("X", "y", "sentence"),
    [
        (POINTS.T, OR, r"expected X of shape \(N, 2\)"),
        (POINTS, OR[:, None], r"expected X of shape \(N, 2\) and y of shape \(N,\)"),
        (POINTS, [0, 1, 2, 1], "0 and 1 only"),
    ],
    ids=["transposed", "column", "three_classes"],
)
def test_decision_line_refuses(X: Any, y: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        decision_line(X, y, lambda x: x, title="t")


# bars


def test_bars_have_heights_names_and_values() -> None:
    ax = bars(["a", "b", "c"], [0.25, -1.5, 0.0], title="Scores", ylabel="score", xlabel="class")
    assert [bar.get_height() for bar in ax.patches] == [0.25, -1.5, 0.0]
    assert words(ax) == ["0.25", "\N{MINUS SIGN}1.5", "0"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b", "c"]
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("Scores", "class", "score")


def test_bars_of_equal_names_stay_apart() -> None:
    first, second = bars(["a", "a"], [1, 2], title="t", ylabel="y").patches
    assert first.get_x() + first.get_width() < second.get_x()


def test_bars_need_one_name_per_value() -> None:
    with pytest.raises(ValueError, match="expected 2 values"):
        bars(["a", "b"], [1, 2, 3], title="t", ylabel="y")


# templates


def test_templates_shows_each_column_scaled_from_black_to_white() -> None:
    W = np.array([[0.0, 5.0], [1.0, 5.0], [2.0, 7.0], [4.0, 6.0], [3.0, 5.0], [2.0, 9.0]])
    ax = templates(W, (2, 3), ["cat", "car"], title="Templates")
    first, second = (np.asarray(image.get_array()) for image in ax.images)
    assert first.tolist() == [[0.0, 0.25, 0.5], [1.0, 0.75, 0.5]]
    assert second.tolist() == [[0.0, 0.0, 0.5], [0.25, 0.0, 1.0]]
    assert words(ax) == ["cat", "car"]


def test_templates_in_colour_keep_their_channels() -> None:
    ax = templates(np.arange(12.0)[:, None], (2, 2, 3), ["cat"], title="t")
    assert np.asarray(ax.images[0].get_array()).tolist() == (
        (np.arange(12.0) / 11).reshape(2, 2, 3).tolist()
    )


def test_templates_of_equal_weights_are_grey() -> None:
    ax = templates(np.zeros((4, 1)), (2, 2), ["cat"], title="t")
    assert np.asarray(ax.images[0].get_array()).tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_templates_do_not_overlap_and_wrap_into_rows() -> None:
    rng = np.random.default_rng(0)
    ax = templates(rng.normal(size=(6, 7)), (2, 3), list("abcdefg"), title="t")
    boxes = [image.get_extent() for image in ax.images]
    assert len({box[0] for box in boxes}) == 5
    assert len({box[3] for box in boxes}) == 2
    for left, right in itertools.pairwise(boxes[:5]):
        assert left[1] < right[0]


@pytest.mark.parametrize(
    ("shape", "names", "sentence"),
    [
        ((4,), ["a", "b"], "shape must be"),
        ((2, 1, 2), ["a", "b"], "shape must be"),
        ((3, 2), ["a", "b"], r"expected W of shape \(6, 2\)"),
        ((2, 2), ["a"], r"expected W of shape \(4, 1\)"),
    ],
    ids=["one_axis", "two_channels", "other_size", "other_number_of_names"],
)
def test_templates_refuses(shape: tuple[int, ...], names: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        templates(np.zeros((4, 2)), shape, names, title="t")
