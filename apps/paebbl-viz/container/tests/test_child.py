"""Reading in a process of its own: the answer comes back, whatever becomes of the process."""

from __future__ import annotations

import pytest

from paebbl_viz.errors import BadData
from paebbl_viz.reader import child
from paebbl_viz.reader.ingest import Limits
from paebbl_viz.store.versions import Versions


def test_a_good_file_becomes_a_version_and_a_bad_one_its_sentence(write_csv, tmp_path):
    state = tmp_path / "state"
    version = child.read_in_child(write_csv("a\n1\n"), state, limits=Limits(), name="x.csv")
    assert Versions(state).has(version)
    with pytest.raises(BadData, match=r"Line 3 of 'x.csv' has 3 cells") as error:
        child.read_in_child(write_csv("a,b\n1,2\n1,2,3\n"), state, limits=Limits(), name="x.csv")
    assert error.value.line == 3
    assert not list(state.glob("new-*"))


def test_a_process_that_dies_or_hangs_is_one_sentence(write_csv, tmp_path, monkeypatch):
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    with pytest.raises(BadData, match="ended with code 1"):
        child.read_in_child(write_csv("a\n1\n"), tmp_path, limits=Limits(), name="x.csv")
    monkeypatch.undo()
    monkeypatch.setattr(child, "LONGEST_SECONDS", 0.01)
    with pytest.raises(BadData, match="took longer than"):
        child.read_in_child(write_csv("a\n1\n"), tmp_path, limits=Limits(), name="x.csv")
