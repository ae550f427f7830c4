"""The refresher: the best data that can be had are shown, and nothing good is ever lost."""

from __future__ import annotations

import json
import shutil
import threading
import time

import pytest

from paebbl_viz.errors import ReadingFailed
from paebbl_viz.library import Library
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.sources.base import Fetched, SourceFailed
from paebbl_viz.sources.local import LocalFile
from paebbl_viz.store.dataset import Origin
from paebbl_viz.store.versions import Versions

GOOD = b"a,b\n1,2\n3,4\n"


def read_here(source, state, *, limits, name):
    """Without the process of its own, which test_child.py and the file that changes go through."""
    return Versions(state).add(source, limits=limits, name=name)


class Scripted:
    """A source whose next answer the test decides: bytes, None (unchanged) or an error."""

    kind = "sharepoint"
    label = "SharePoint"

    def __init__(self, key="one"):
        self.key = key
        self.answer = GOOD
        self.tags = []

    def fetch(self, tag, folder):
        self.tags.append(tag)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            return None
        path = folder / "file.csv"
        path.write_bytes(self.answer)
        return Fetched(path, Origin(self.kind, self.label, "sheet.csv", 1.0), f"tag-{len(self.answer)}")


class Copies:
    def __init__(self):
        self.saved = {}
        self.works = True

    def save(self, source, fetched):
        if self.works:
            self._save(source, fetched)
        return self.works

    def _save(self, source, fetched):
        self.saved[source.key] = (fetched.path.read_bytes(), fetched.origin, fetched.tag)

    def load(self, source, folder):
        if source.key not in self.saved:
            return None
        body, origin, tag = self.saved[source.key]
        path = folder / "copy.csv"
        path.write_bytes(body)
        return Fetched(path, origin, tag)


@pytest.fixture
def make(new_state):
    def make(*sources, copies=None, state="state", **settings):
        library = Library(Settings(state_dir=new_state(state), **settings))
        library.prepare()
        return library, Refresher(library, [*sources, LocalFile()], copies, read=read_here)

    return make


def test_new_data_are_shown_and_asked_for_by_their_tag(make):
    source = Scripted()
    library, refresher = make(source)
    assert library.current().data.origin.kind == "bundled"
    refresher.refresh()
    assert library.current().data.origin.name == "sheet.csv"
    source.answer = None
    refresher.refresh()
    assert library.current().data.rows == 2
    assert source.tags == [None, f"tag-{len(GOOD)}"]


@pytest.mark.parametrize(
    "bad", [SourceFailed("It hangs."), b"", b"<html></html>", b"a,b\n1\n", b"PK\x03\x04", b"a,b\n"]
)
def test_what_was_good_stays_and_the_page_says_why(make, bad):
    source = Scripted()
    library, refresher = make(source)
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


def test_the_next_source_answers_for_one_that_never_did(make):
    first, second = Scripted("one"), Scripted("two")
    first.answer = SourceFailed("It is gone.")
    library, refresher = make(first, second)
    refresher.refresh()
    assert library.current().data.rows == 2
    assert "It is gone." in library.current().current.problem


def test_the_bundled_file_is_the_last_resort(make):
    source = Scripted()
    source.answer = SourceFailed("It is gone.")
    library, refresher = make(source)
    refresher.refresh()
    assert library.current().data.origin.synthetic
    assert library.current().current.problem == "SharePoint: It is gone."


def test_a_new_task_has_the_last_good_copy_when_the_source_is_down(make):
    source, copies = Scripted(), Copies()
    _, refresher = make(source, copies=copies)
    refresher.refresh()
    source.answer = SourceFailed("Down.")
    library, refresher = make(source, copies=copies, state="other machine")
    refresher.refresh()
    assert library.current().data.origin.name == "sheet.csv"
    assert library.current().current.problem == "SharePoint: Down."


def test_a_copy_that_could_not_be_saved_is_tried_again_without_another_download(make):
    source, copies = Scripted(), Copies()
    copies.works = False
    library, refresher = make(source, copies=copies)
    refresher.refresh()
    source.answer = None
    refresher.refresh()
    assert copies.saved == {}
    copies.works = True
    refresher.refresh()
    assert copies.saved["one"][0] == GOOD
    copies.saved.clear()
    refresher.refresh()
    assert copies.saved == {}
    assert not list((library.versions.state / "unsaved").iterdir())


def test_a_file_that_is_no_table_is_read_once_and_said_in_every_round(make, monkeypatch):
    source = Scripted()
    library, refresher = make(source)
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


def test_a_file_that_could_not_be_read_for_lack_of_memory_is_tried_again_after_a_while(make, monkeypatch):
    source = Scripted()
    library, refresher = make(source)
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


def test_a_problem_that_lasts_is_told_again_until_it_is_over_however_seldom_the_rounds_are(make, monkeypatch):
    told = []
    monkeypatch.setattr("paebbl_viz.metrics.tell", lambda values, **_: told.append(values))
    monkeypatch.setattr("paebbl_viz.refresher.REPEAT_SECONDS", 0.02)
    monkeypatch.setattr("paebbl_viz.refresher.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("paebbl_viz.refresher.PATIENCE_SECONDS", 0.0)
    source = Scripted()
    source.answer = SourceFailed("Down.")
    _, refresher = make(source, refresh_seconds=3600)
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


def test_a_source_that_asks_to_wait_is_left_alone(make):
    source = Scripted()
    source.answer = SourceFailed("Busy.", retry_after=300)
    library, refresher = make(source)
    refresher.refresh()
    refresher.refresh()
    assert len(source.tags) == 1
    assert "asked to wait another" in library.current().current.problem


def test_a_restart_keeps_what_was_shown(make):
    source = Scripted()
    _, refresher = make(source)
    refresher.refresh()
    library, _ = make(source)
    assert library.current().data.origin.name == "sheet.csv"


def test_fallback_and_recovery_are_told_once_as_events_and_counted_always(make, capfd):
    from paebbl_viz import logs

    logs.LOGGER.handlers.clear()
    logs.set_up("INFO")
    source = Scripted()
    _, refresher = make(source)
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


def test_readers_never_see_half_of_a_version(make):
    source = Scripted()
    library, refresher = make(source)
    refresher.refresh()
    stop = threading.Event()
    problems = []

    def read():
        while not stop.is_set():
            data = library.current().data
            values = data.array("a")
            if len(values) != data.rows or (values != data.rows).any():
                problems.append(data.id)

    source.answer = b"a,b\n" + b"1,1\n"
    refresher.refresh()
    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for rows in range(2, 8):
        source.answer = b"a,b\n" + f"{rows},1\n".encode() * rows
        refresher.refresh()
    stop.set()
    for reader in readers:
        reader.join()
    assert problems == []


def test_bytes_that_were_read_are_not_read_again(make, monkeypatch):
    library, refresher = make()
    monkeypatch.setattr(refresher, "_read_file", lambda *_args, **_more: pytest.fail("it was read again"))
    refresher.refresh()
    assert library.current().data.origin.kind == "bundled"


def test_a_file_that_is_still_being_written_waits_until_it_is_whole(make_app, write_csv, monkeypatch):
    app = make_app(data_file=write_csv(GOOD))
    library = app.extensions["paebbl_viz"].library
    source = LocalFile(write_csv(GOOD))
    refresher = Refresher(library, [source], None, read=read_here)
    refresher.refresh()
    monkeypatch.setattr("paebbl_viz.sources.local.SETTLED_SECONDS", 0.3)
    path = write_csv(GOOD + b"5,6\n7")
    refresher.refresh()
    assert (library.current().data.rows, library.current().current.problem) == (2, None)
    path.write_bytes(GOOD + b"5,6\n7,8\n")
    refresher.refresh()
    assert library.current().data.rows == 2
    time.sleep(0.35)
    refresher.refresh()
    assert (library.current().data.rows, library.current().current.problem) == (4, None)


def test_a_file_that_changes_while_it_is_copied_is_left_for_the_next_round(make_app, write_csv, monkeypatch):
    path = write_csv(GOOD)
    library = make_app(data_file=path).extensions["paebbl_viz"].library
    refresher = Refresher(library, [LocalFile(path)], None, read=read_here)
    refresher.refresh()
    write_csv(GOOD + b"5,6\n")
    copy = shutil.copyfile

    def slow_copy(source, target):
        copy(source, target)
        path.write_bytes(GOOD + b"5,6\n7,8\n")

    monkeypatch.setattr("paebbl_viz.sources.local.shutil.copyfile", slow_copy)
    refresher.refresh()
    assert library.current().data.rows == 2
    monkeypatch.undo()
    monkeypatch.setattr("paebbl_viz.sources.local.SETTLED_SECONDS", -1)
    refresher.refresh()
    assert library.current().data.rows == 4


def test_old_versions_are_removed_and_what_is_open_stays_readable(make, monkeypatch):
    source = Scripted()
    library, refresher = make(source)
    refresher.refresh()
    first = library.current().data
    values = first.array("a")
    monkeypatch.setattr("paebbl_viz.store.versions.YOUNG_SECONDS", -1)
    for rows in range(3, 9):
        source.answer = b"a,b\n" + b"1,1\n" * rows
        refresher.refresh()
    assert len(list(library.versions.folder.iterdir())) <= 4
    assert values.tolist() == [1.0, 3.0]


def test_only_one_worker_of_a_machine_refreshes(make):
    sources = [Scripted(), Scripted()]
    refreshers = [make(source)[1] for source in sources]
    for refresher in refreshers:
        refresher.start()
    deadline = time.monotonic() + 30
    while not any(source.tags for source in sources) and time.monotonic() < deadline:
        time.sleep(0.05)
    for refresher in refreshers:
        refresher.stop()
    assert sorted(bool(source.tags) for source in sources) == [False, True]


def test_a_local_file_that_changes_is_shown_again(make_app, write_csv):
    path = write_csv("a,b\n1,2\n")
    app = make_app(data_file=path)
    services = app.extensions["paebbl_viz"]
    write_csv("a,b\n1,2\n3,4\n")
    services.refresher.refresh()
    assert services.library.current().data.rows == 2
    write_csv("a,b\n1\n")
    services.refresher.refresh()
    text = app.test_client().get("/").text
    assert "2 rows" in text
    assert "Line 2 of &#39;data.csv&#39; has 1 cell" in text


def test_refresh_now_reaches_the_refresher_and_no_other_site_can_press_it(make_app):
    app = make_app()
    client = app.test_client()
    marker = app.extensions["paebbl_viz"].settings.state / "refresh-requested"
    assert client.post("/refresh", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert client.post("/refresh", headers={"Origin": "https://evil.example"}).status_code == 400
    assert not marker.exists()
    answer = client.post("/refresh", data={"back": "/table?sort=shift"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.location, marker.exists()) == (303, "/table?sort=shift", True)
    assert client.post("/refresh", data={"back": "//evil.example"}).location == "/"
