"""What is made once is used again, by one thread at a time."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from paebbl_viz.cache import AnswerCache
from paebbl_viz.fast.flights import Flights
from paebbl_viz.fast.turn import Turn
from paebbl_viz.viewing.made import MadeFigures


def figure(size):
    return {"data": [{"y": np.zeros(size), "marker": {"color": np.zeros(size)}}], "layout": {"title": {"text": "a"}}}


def test_a_figure_is_made_once_and_a_change_of_it_harms_nobody():
    made = []
    figures = MadeFigures(1_000_000)
    first = figures.get_or_make("a", lambda: made.append(1) or figure(100))
    first["data"][0]["marker"]["color"] = None
    first["data"][0]["y"] = None
    first["layout"]["title"]["text"] = "b"
    second = figures.get_or_make("a", lambda: made.append(1) or figure(100))
    assert made == [1]
    assert len(second["data"][0]["y"]) == len(second["data"][0]["marker"]["color"]) == 100
    assert second["layout"] == {"title": {"text": "a"}}


def test_figures_hold_no_more_bytes_than_they_may():
    figures = MadeFigures(100_000)
    for number in range(20):
        figures.get_or_make(number, lambda: figure(1_000))
        assert 0 < figures.held_bytes <= 100_000
    before = figures.held_bytes
    figures.get_or_make("giant", lambda: figure(10_000))
    assert figures.held_bytes == before


def test_figures_that_nobody_comes_back_to_do_not_push_out_the_one_that_people_zoom_into():
    made = []
    figures = MadeFigures(100_000)

    def ask(key):
        figures.get_or_make(key, lambda: made.append(key) or figure(100))

    ask("zoomed")
    ask("zoomed")
    for number in range(50):
        ask(number)
        assert figures.held_bytes <= 100_000 * 0.25 + 25_000
    ask("zoomed")
    assert made == ["zoomed", *range(50)]


def test_a_figure_that_was_let_go_and_is_asked_for_again_stays():
    made = []
    figures = MadeFigures(100_000)

    def ask(key):
        figures.get_or_make(key, lambda: made.append(key) or figure(100))

    for key in ("a", *range(10), "a", *range(20, 30), "a"):
        ask(key)
    assert made.count("a") == 2


def test_figures_that_people_come_back_to_in_turns_are_all_remembered():
    made = []
    figures = MadeFigures(200_000)
    for _ in range(10):
        for region in range(5):
            figures.get_or_make(region, lambda region=region: made.append(region) or figure(100))
    assert len(made) <= 2 * 5


def test_a_figure_as_large_as_all_that_may_be_held_takes_the_place_of_the_others():
    figures = MadeFigures(100_000)
    for key, size in (("small", 100), ("small", 100), ("other", 100), ("large", 4_500), ("large", 4_500)):
        figures.get_or_make(key, lambda size=size: figure(size))
        assert figures.held_bytes <= 100_000
    figures.get_or_make("large", lambda: pytest.fail("it is remembered"))


def test_a_zoom_does_not_run_the_view_again_but_a_filter_does(make_app, write_csv, tmp_path):
    folder = tmp_path / "views"
    folder.mkdir()
    (folder / "mine.py").write_text(
        "import plotly.express as px\nCALLS = []\n"
        "def mine(frame):\n    CALLS.append(1)\n    return px.scatter(frame, x='a', y='b', title=str(len(CALLS)))\n"
    )
    path = write_csv("a,b,c\n" + "".join(f"{i},{i},{'xy'[i % 2]}\n" for i in range(100)))
    client = make_app(data_file=path, views_dir=folder, hot_reload="off").test_client()

    def times_made(query):
        return client.get(f"/views/mine/figure.json?{query}").get_json()["figure"]["layout"]["title"]["text"]

    assert [times_made(query) for query in ("", "zx=1,5", "zx=1,5&w=400", "in.c=x", "zx=2,3")] == list("11121")


@pytest.mark.parametrize("seconds", [0.1, 1.2])
def test_two_who_want_the_same_answer_at_once_cost_one(seconds):
    made = []
    cache = AnswerCache(100_000)

    def make():
        made.append(1)
        time.sleep(seconds)
        return b"{}"

    threads = [threading.Thread(target=cache.get_or_make, args=("a", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_two_zooms_at_once_of_a_figure_that_takes_long_run_its_view_once():
    made, found = [], []
    figures = MadeFigures(1_000_000)

    def make():
        made.append(1)
        time.sleep(0.3)
        return figure(100)

    threads = [threading.Thread(target=lambda: found.append(figures.get_or_make("a", make))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert [len(one["data"][0]["y"]) for one in found] == [100] * 4
    assert len({id(one["data"][0]) for one in found}) == 4


def test_an_error_reaches_all_who_waited_and_is_forgotten():
    cache, asked, errors = AnswerCache(100_000), [], []

    def fail():
        asked.append(1)
        time.sleep(0.1)
        raise ValueError("x")

    def ask():
        try:
            cache.get_or_make("a", fail)
        except ValueError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (errors, asked) == (["x"] * 4, [1])
    assert cache.get_or_make("a", lambda: b"{}").body == b"{}"


def test_whoever_waited_long_enough_for_another_makes_it_alone():
    flights, begun, go_on = Flights(), threading.Event(), threading.Event()
    first = threading.Thread(target=flights.share, args=("a", 60, lambda: begun.set() or go_on.wait(60)))
    first.start()
    begun.wait(60)
    assert flights.share("a", 0.01, lambda: "mine") == "mine"
    go_on.set()
    first.join()


def test_turns_are_taken_in_the_order_in_which_they_were_asked_for():
    turn, order = Turn(), []

    def take(number):
        with turn.of(60):
            order.append(number)

    with turn.of(60):
        threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
        for place, thread in enumerate(threads):
            thread.start()
            while len(turn._waiting) <= place:
                time.sleep(0.001)
        assert order == []
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_behind_somebody_who_takes_long_nobody_waits_for_ever():
    turn = Turn()
    with turn.of(60), turn.of(0.01):
        assert len(turn._waiting) == 0
    with turn.of(60):
        pass


def test_an_error_gives_the_turn_back():
    turn = Turn()
    with pytest.raises(ValueError, match="x"), turn.of(60):
        raise ValueError("x")
    assert not turn._taken
