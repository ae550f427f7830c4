"""What a data scientist's own figure costs: no detail that the screen could show, no memory, and no needless time."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import plotly.graph_objects as go
import pytest

from paebbl_viz.fast.figures import reduce_figure
from paebbl_viz.fast.window import Window
from paebbl_viz.viewing import plotly_names
from paebbl_viz.viewing.leftovers import Leftovers


class Cycle:
    def __init__(self):
        self.me = self
        self.numbers = np.zeros(1_000)


@pytest.fixture
def lazy_collector():
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def test_a_figure_that_is_a_cycle_is_gone_as_soon_as_it_was_drawn(lazy_collector):
    with Leftovers().freed():
        gone = weakref.ref(Cycle())
        assert gone() is not None
    assert gone() is None


def test_what_another_thread_is_making_is_not_kept_for_ever(lazy_collector):
    leftovers = Leftovers()
    made, go_on = threading.Event(), threading.Event()
    found = []

    def make():
        with leftovers.freed():
            found.append(weakref.ref(Cycle()))
            made.set()
            go_on.wait(30)

    thread = threading.Thread(target=make)
    thread.start()
    made.wait(30)
    with leftovers.freed():
        pass
    assert gc.get_freeze_count() == 0
    go_on.set()
    thread.join()
    assert found[0]() is None


def test_an_error_in_a_view_frees_what_it_left_behind_too(lazy_collector):
    gone = []

    def fail():
        gone.append(weakref.ref(Cycle()))
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"), Leftovers().freed():
        fail()
    assert gone[0]() is None


def test_figures_of_ones_own_are_made_one_at_a_time_and_those_of_the_app_do_not_wait_for_them(make_app, tmp_path):
    folder = tmp_path / "views"
    folder.mkdir()
    (folder / "slow.py").write_text(
        "import threading\nimport time\nimport plotly.graph_objects as go\nMAKERS = []\nMOST = []\n"
        "def slow(frame, number: int = 0):\n"
        "    MAKERS.append(1)\n    MOST.append(len(MAKERS))\n    time.sleep(0.7)\n    MAKERS.pop()\n"
        "    return go.Figure(layout={'title': str(max(MOST))})\n"
    )
    (folder / "quick.py").write_text(
        "from paebbl_viz.filters import Selection\n"
        "def quick(selection: Selection) -> dict: return {'data': [], 'layout': {}}\n"
    )
    app = make_app(views_dir=folder, hot_reload="off")

    def ask(address):
        return app.test_client().get(f"/views/{address}").get_json()["figure"]["layout"]

    with ThreadPoolExecutor(4) as pool:
        slow = [pool.submit(ask, f"slow/figure.json?p.number={number}") for number in range(3)]
        time.sleep(0.1)
        started = time.monotonic()
        pool.submit(ask, "quick/figure.json").result()
        waited = time.monotonic() - started
        most = [int(one.result()["title"]["text"]) for one in slow]
    assert most == [1, 1, 1]
    assert waited < 2.0


def test_plotly_still_has_the_function_whose_answers_are_remembered_and_they_are_the_same():
    from plotly import basedatatypes

    plotly_names.remember()
    parse = getattr(basedatatypes, plotly_names.PARSER)
    for name in ("", "marker.color", "error_x_color", "xaxis2.title.text", "a[3].b", "_private_", "hover_template"):
        assert parse(name) == parse(name) == parse.__wrapped__(name)
    before = parse.cache_info().hits
    go.Figure(go.Scatter(x=[1], y=[2], marker={"color": "red"})).update_layout(xaxis_title="a")
    assert parse.cache_info().hits > before


def line(y):
    return {"data": [{"type": "scatter", "mode": "lines", "x": np.arange(len(y), dtype=float), "y": y}], "layout": {}}


def test_a_line_keeps_the_extremes_of_every_step_and_its_gaps():
    rng = np.random.default_rng(9)
    y = rng.normal(size=50_000)
    y[::3] = np.nan
    y[20_000:30_000] = np.nan
    figure = line(y)
    assert reduce_figure(figure, Window())
    drawn = figure["data"][0]
    assert len(drawn["y"]) < 2_000
    for step in range(500):
        values = y[step * 100 : step * 100 + 100]
        inside = (drawn["x"] >= step * 100) & (drawn["x"] < step * 100 + 100)
        kept = drawn["y"][inside]
        if np.isnan(values).all():
            assert np.isnan(kept).tolist() == [True]
        else:
            assert (np.nanmin(kept), np.nanmax(kept)) == (np.nanmin(values), np.nanmax(values))


def test_a_zoomed_scatter_has_the_detail_of_what_is_on_the_screen():
    rng = np.random.default_rng(4)
    x = np.sort(rng.random(100_000))
    y = np.where(x < 0.1, rng.random(len(x)) * 0.01, rng.normal(size=len(x)))
    scatter = {"type": "scattergl", "mode": "markers", "x": x, "y": y}
    figure = {"data": [scatter], "layout": {}}
    reduce_figure(figure, Window(x=(0.0, 0.1)))
    drawn = figure["data"][0]["y"]
    # Of ten thousand points that fill the height of the screen, not of those that would fill a hundredth of it.
    assert 6_000 < len(drawn) < 11_000
