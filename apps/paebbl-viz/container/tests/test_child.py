"""Reading in a process of its own: the answer comes back, whatever becomes of the process."""

from __future__ import annotations

import pytest

from paebbl_viz.errors import BadData, ReadingStopped
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


@pytest.mark.parametrize("ended_by", ["TERM", "INT"])
def test_a_process_that_is_stopped_with_its_task_blames_neither_file_nor_memory(
    write_csv, tmp_path, monkeypatch, ended_by
):
    program = tmp_path / "stopped"
    program.write_text(f"#!/bin/sh\nkill -{ended_by} $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(child.sys, "executable", str(program))
    with pytest.raises(ReadingStopped, match="try again in a moment"):
        child.read_in_child(write_csv("a\n1\n"), tmp_path, limits=Limits(), name="x.csv")


def test_a_process_that_dies_or_hangs_is_one_sentence(write_csv, tmp_path, monkeypatch):
    monkeypatch.setattr(child.sys, "executable", "/bin/false")
    with pytest.raises(BadData, match="ended with code 1"):
        child.read_in_child(write_csv("a\n1\n"), tmp_path, limits=Limits(), name="x.csv")
    monkeypatch.undo()
    monkeypatch.setattr(child, "LONGEST_SECONDS", 0.01)
    with pytest.raises(BadData, match="took longer than"):
        child.read_in_child(write_csv("a\n1\n"), tmp_path, limits=Limits(), name="x.csv")
