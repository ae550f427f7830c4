"""A source that fails, or whose file is no table: it is said, and what was good stays."""

from __future__ import annotations

import json
import time

import pytest
from scripted_source import GOOD, Scripted, read_here

from paebbl_viz.errors import ReadingFailed
from paebbl_viz.sources.base import SourceFailed


@pytest.mark.parametrize(
    "bad", [SourceFailed("It hangs."), b"", b"<html></html>", b"a,b\n1\n", b"PK\x03\x04", b"a,b\n"]
)
def test_what_was_good_stays_and_the_page_says_why(make_refresher, bad):
    source = Scripted()
    library, refresher = make_refresher(source)
    refresher.refresh()
    source.answer = bad
    refresher.refresh()
    shown = library.current()
    assert shown.data.origin.name == "sheet.csv"
    assert shown.current.problem.startswith("SharePoint: ")
    since = shown.current.problem_since
    refresher.refresh()
    assert library.current().current.problem_since == since
    source.answer = GOOD + b"5,6\n"
    refresher.refresh()
    assert (library.current().data.rows, library.current().current.problem) == (3, None)


def test_a_file_that_is_no_table_is_read_once_and_said_in_every_round(make_refresher, monkeypatch):
    source = Scripted()
    library, refresher = make_refresher(source)
    refresher.refresh()
    read = []
    monkeypatch.setattr(refresher, "_read_file", lambda *args, **more: read.append(1) or read_here(*args, **more))
    source.answer = b"a,b\n1\n"
    refresher.refresh()
    problem = library.current().current.problem
    assert "Line 2 of 'sheet.csv' has 1 cell" in problem
    # As a source that knows tags answers, and as one that sends the file all the same.
    for source.answer in (None, b"a,b\n1\n", None):
        refresher.refresh()
        assert library.current().current.problem == problem
    assert read == [1]
    assert source.tags[-3:] == [f"tag-{len(b'a,b,1,')}"] * 3
    source.answer = GOOD
    refresher.refresh()
    assert (library.current().data.rows, library.current().current.problem) == (2, None)
    source.answer = None
    refresher.refresh()
    assert source.tags[-1] == f"tag-{len(GOOD)}"


def test_a_file_that_could_not_be_read_for_lack_of_memory_is_tried_again_after_a_while(make_refresher, monkeypatch):
    source = Scripted()
    library, refresher = make_refresher(source)
    refresher.refresh()
    source.answer = GOOD + b"5,6\n"
    read = []

    def fail(*_args, **_more):
        read.append(1)
        raise ReadingFailed("Lack of memory.", "Use a smaller file.")

    monkeypatch.setattr(refresher, "_read_file", fail)
    monkeypatch.setattr("paebbl_viz.refresher.AGAIN_SECONDS", 0.2)
    refresher.refresh()
    refresher.refresh()
    assert read == [1]
    time.sleep(0.25)
    monkeypatch.setattr(refresher, "_read_file", read_here)
    refresher.refresh()
    assert (library.current().data.rows, library.current().current.problem) == (3, None)


def test_a_problem_that_lasts_is_told_again_until_it_is_over_however_seldom_the_rounds_are(make_refresher, monkeypatch):
    told = []
    monkeypatch.setattr("paebbl_viz.metrics.tell", lambda values, **_: told.append(values))
    monkeypatch.setattr("paebbl_viz.refresher.REPEAT_SECONDS", 0.02)
    monkeypatch.setattr("paebbl_viz.refresher.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("paebbl_viz.refresher.PATIENCE_SECONDS", 0.0)
    source = Scripted()
    source.answer = SourceFailed("Down.")
    _, refresher = make_refresher(source, refresh_seconds=3600)
    refresher.start()
    alone = {"DataProblem": (1.0, "Count")}
    deadline = time.monotonic() + 30
    while told.count(alone) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert told.count(alone) >= 3
    source.answer = GOOD
    refresher.request()
    while told[-1] == alone and time.monotonic() < deadline:
        time.sleep(0.01)
    so_far = told.count(alone)
    time.sleep(0.2)
    refresher.stop()
    assert told[-1]["DataProblem"] == (0.0, "Count")
    assert told.count(alone) <= so_far + 1


def test_a_source_that_asks_to_wait_is_left_alone(make_refresher):
    source = Scripted()
    source.answer = SourceFailed("Busy.", retry_after=300)
    library, refresher = make_refresher(source)
    refresher.refresh()
    refresher.refresh()
    assert len(source.tags) == 1
    assert "asked to wait another" in library.current().current.problem


def test_fallback_and_recovery_are_told_once_as_events_and_counted_always(make_refresher, capfd):
    from paebbl_viz import logs

    logs.LOGGER.handlers.clear()
    logs.set_up("INFO")
    source = Scripted()
    _, refresher = make_refresher(source)
    refresher.refresh()
    source.answer = SourceFailed("Down.")
    refresher.refresh()
    refresher.refresh()
    source.answer = GOOD
    refresher.refresh()
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    logs.LOGGER.handlers.clear()
    events = [line["event"] for line in lines if line["event"] != "metric"]
    assert events == ["data_changed", "data_fallback", "data_recovered"]
    assert [line["DataProblem"] for line in lines if line["event"] == "metric"] == [0, 1, 1, 0]
    assert all(
        line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "PaebblViz" for line in lines if line["event"] == "metric"
    )
