"""The window of a plot: every place has one column, zooming keeps the cursor visible, and columns are whole."""

from hypothesis import given
from hypothesis import strategies as st

from nntui.draw.charts.window import FEWEST, closer, farther, moved, whole, window
from tests.strategies import examples

keys = st.lists(st.sampled_from(["closer", "farther", "right", "left", "page", "back"]), max_size=40)


@examples(200)
@given(st.integers(1, 10**9), st.integers(20, 480), st.data())
def test_keys_keep_the_cursor_in_a_window_of_whole_columns(total, columns, data):
    known = data.draw(st.integers(0, total))
    place, zoom = data.draw(st.integers(0, total - 1)), None
    shown = window(zoom, place, known, columns)
    for key in data.draw(keys):
        match key:
            case "closer":
                zoom = closer(shown, place)
            case "farther":
                zoom = farther(shown, place, known, total)
            case "right" | "left":
                place += shown.each if key == "right" else -shown.each
            case "page" | "back":
                change = columns // 2 if key == "page" else -(columns // 2)
                place += shown.place(change) - shown.first
                zoom = moved(shown, zoom, change)
        place = min(max(place, 0), total - 1)
        shown = window(zoom, place, known, columns)
        assert shown.first <= place < shown.stop
        assert 0 <= shown.column(place) < columns
        assert min(FEWEST, columns) <= shown.size
        assert shown.size < columns or shown.size % columns == 0
        assert shown.first % shown.each == 0
        back = shown.place(shown.column(place))
        assert back <= place < back + shown.each


@examples(100)
@given(st.integers(1, 10**7), st.integers(20, 480))
def test_all_that_is_known_has_room_and_leaves_little_over(known, columns):
    shown = whole(known, columns)
    assert shown.stop >= known
    if known >= 8 * columns:
        assert shown.size <= known * 1.3 + columns


@examples(100)
@given(st.integers(1, 10**8), st.integers(20, 480), st.data())
def test_zooming_in_ends_at_a_few_places_and_out_at_all_of_them(total, columns, data):
    known, place = data.draw(st.integers(0, total)), data.draw(st.integers(0, total - 1))
    zoom = None
    for _ in range(60):
        zoom = closer(window(zoom, place, known, columns), place)
    assert window(zoom, place, known, columns).size <= 2 * FEWEST
    seen = set()
    for _ in range(60):
        zoom = farther(window(zoom, place, known, columns), place, known, total)
        seen.add(window(zoom, place, known, columns))
    assert whole(max(known, place + 1), columns) in seen
    assert window(zoom, place, known, columns).size >= total


@examples(60)
@given(st.integers(1, 300), st.integers(20, 480))
def test_a_closer_look_leaves_the_place_where_it_was(step, columns):
    place = step * columns
    shown = whole(3 * place, columns)
    zoom = closer(shown, place)
    near = window(zoom, place, 3 * place, columns)
    assert abs(near.column(place) - shown.column(place)) <= max(1, columns // near.size)
