"""The refresher: the best data that can be had are shown, and nothing good is ever lost."""

from __future__ import annotations

import threading
import time

import pytest
from scripted_source import GOOD, Copies, Scripted

from paebbl_viz.sources.base import SourceFailed


def test_new_data_are_shown_and_asked_for_by_their_tag(make_refresher):
    source = Scripted()
    library, refresher = make_refresher(source)
    assert library.current().data.origin.kind == "bundled"
    refresher.refresh()
    assert library.current().data.origin.name == "sheet.csv"
    source.answer = None
    refresher.refresh()
    assert library.current().data.rows == 2
    assert source.tags == [None, f"tag-{len(GOOD)}"]


def test_the_next_source_answers_for_one_that_never_did(make_refresher):
    first, second = Scripted("one"), Scripted("two")
    first.answer = SourceFailed("It is gone.")
    library, refresher = make_refresher(first, second)
    refresher.refresh()
    assert library.current().data.rows == 2
    assert "It is gone." in library.current().current.problem


def test_the_bundled_file_is_the_last_resort(make_refresher):
    source = Scripted()
    source.answer = SourceFailed("It is gone.")
    library, refresher = make_refresher(source)
    refresher.refresh()
    assert library.current().data.origin.synthetic
    assert library.current().current.problem == "SharePoint: It is gone."


def test_a_new_task_has_the_last_good_copy_when_the_source_is_down(make_refresher):
    source, copies = Scripted(), Copies()
    _, refresher = make_refresher(source, copies=copies)
    refresher.refresh()
    source.answer = SourceFailed("Down.")
    library, refresher = make_refresher(source, copies=copies, state="other machine")
    refresher.refresh()
    assert library.current().data.origin.name == "sheet.csv"
    assert library.current().current.problem == "SharePoint: Down."


def test_a_copy_that_could_not_be_saved_is_tried_again_without_another_download(make_refresher):
    source, copies = Scripted(), Copies()
    copies.works = False
    library, refresher = make_refresher(source, copies=copies)
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


def test_a_restart_keeps_what_was_shown(make_refresher):
    source = Scripted()
    _, refresher = make_refresher(source)
    refresher.refresh()
    library, _ = make_refresher(source)
    assert library.current().data.origin.name == "sheet.csv"


def test_readers_never_see_half_of_a_version(make_refresher):
    source = Scripted()
    library, refresher = make_refresher(source)
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


def test_bytes_that_were_read_are_not_read_again(make_refresher, monkeypatch):
    library, refresher = make_refresher()
    monkeypatch.setattr(refresher, "_read_file", lambda *_args, **_more: pytest.fail("it was read again"))
    refresher.refresh()
    assert library.current().data.origin.kind == "bundled"


def test_old_versions_are_removed_and_what_is_open_stays_readable(make_refresher, monkeypatch):
    source = Scripted()
    library, refresher = make_refresher(source)
    refresher.refresh()
    first = library.current().data
    values = first.array("a")
    monkeypatch.setattr("paebbl_viz.store.versions.YOUNG_SECONDS", -1)
    for rows in range(3, 9):
        source.answer = b"a,b\n" + b"1,1\n" * rows
        refresher.refresh()
    assert len(list(library.versions.folder.iterdir())) <= 4
    assert values.tolist() == [1.0, 3.0]


def test_only_one_worker_of_a_machine_refreshes(make_refresher):
    sources = [Scripted(), Scripted()]
    refreshers = [make_refresher(source)[1] for source in sources]
    for refresher in refreshers:
        refresher.start()
    deadline = time.monotonic() + 30
    while not any(source.tags for source in sources) and time.monotonic() < deadline:
        time.sleep(0.05)
    for refresher in refreshers:
        refresher.stop()
    assert sorted(bool(source.tags) for source in sources) == [False, True]
