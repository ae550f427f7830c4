"""A local file that changes while the dashboard runs."""

from __future__ import annotations

import shutil
import time

from scripted_source import GOOD, read_here

from paebbl_viz.refresher import Refresher
from paebbl_viz.sources.local import LocalFile


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
