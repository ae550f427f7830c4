"""Checks of dropped files: in the background, one at a time, and never lost."""

from __future__ import annotations

import threading
import time

import pytest

from paebbl_viz.checks import FAILED, Checks, TooManyChecks
from paebbl_viz.errors import BadRequest, ReadingStopped

ONE, TWO = "1" * 32, "2" * 32


@pytest.fixture
def checks(tmp_path, monkeypatch):
    monkeypatch.setattr("paebbl_viz.checks.WAIT_SECONDS", 0.05)
    return Checks(tmp_path / "checks")


def until(ask):
    deadline = time.monotonic() + 30
    while "state" in (found := ask()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found


def test_another_worker_knows_what_the_first_one_does_and_found(checks):
    go_on, looked = threading.Event(), []

    def look():
        looked.append(1)
        go_on.wait(30)
        return {"rows": 1}

    other = Checks(checks.folder)
    assert "state" in checks.ask(ONE, look)
    assert "state" in other.ask(ONE, look)
    go_on.set()
    assert until(lambda: other.ask(ONE, look)) == {"rows": 1}
    assert looked == [1]
    assert [path.name for path in checks.folder.iterdir()] == ["one.lock"]


def test_workers_take_turns(checks):
    go_on, order = threading.Event(), []

    def look(name):
        def look():
            order.append(f"{name} begins")
            go_on.wait(30)
            order.append(f"{name} ends")
            return {"name": name}

        return look

    workers = {ONE: checks, TWO: Checks(checks.folder)}
    for upload, worker in workers.items():
        worker.ask(upload, look(upload[0]))
    go_on.set()
    for upload, worker in workers.items():
        assert until(lambda upload=upload, worker=worker: worker.ask(upload, look("x"))) == {"name": upload[0]}
    assert [word.split()[1] for word in order] == ["begins", "ends"] * 2


def test_a_check_that_was_stopped_with_its_worker_begins_anew(checks):
    answers = iter([ReadingStopped("x"), {"rows": 1}])

    def look():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert until(lambda: checks.ask(ONE, look)) == {"rows": 1}


def test_an_error_that_nobody_foresaw_is_told_to_whoever_waits(checks):
    assert until(lambda: checks.ask(ONE, lambda: 1 / 0)) == FAILED
    assert until(lambda: checks.ask(ONE, lambda: {"rows": 1})) == {"rows": 1}


def test_no_more_than_a_few_files_wait(checks, monkeypatch):
    monkeypatch.setattr("paebbl_viz.checks.MOST_WAITING", 1)
    go_on = threading.Event()
    checks.ask(ONE, lambda: go_on.wait(30) and {"rows": 1})
    with pytest.raises(TooManyChecks):
        checks.ask(TWO, dict)
    go_on.set()
    assert until(lambda: checks.ask(ONE, dict)) == {"rows": 1}


@pytest.mark.parametrize("upload", ["../x", "", "Z" * 32])
def test_an_upload_is_named_by_its_id_only(checks, upload):
    with pytest.raises(BadRequest):
        checks.ask(upload, dict)
