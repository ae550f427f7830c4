"""Reading in a process of its own: the answer comes back, whatever becomes of the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paebbl_viz.errors import BadData, ReadingStopped
from paebbl_viz.reader import child
from paebbl_viz.reader.ingest import Limits
from paebbl_viz.store.versions import Versions

ROOT = Path(__file__).parents[1]


def test_a_good_file_becomes_a_version_and_a_bad_one_its_sentence(write_csv, tmp_path):
    state = tmp_path / "state"
    version = child.read_in_child(write_csv("a\n1\n"), state, limits=Limits(), name="x.csv")
    assert Versions(state).has(version)
    with pytest.raises(BadData, match=r"Line 3 of 'x.csv' has 3 cells") as error:
        child.read_in_child(write_csv("a,b\n1,2\n1,2,3\n"), state, limits=Limits(), name="x.csv")
    assert error.value.line == 3
    assert not list(state.glob("new-*"))


def test_it_yields_to_who_reads_pages_before_it_loads_anything_large(tmp_path):
    """Run as the child is, with orders that cannot be read: it has set its priority by then, and loaded nothing."""
    code = (
        "import os, sys, runpy, json\n"
        "json.load = lambda _: sys.exit(f'{os.getpriority(os.PRIO_PROCESS, 0) - START} {os.sched_getscheduler(0)}')\n"
        "found = []\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'polars': found.append(os.getpriority(os.PRIO_PROCESS, 0) - START)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "START = os.getpriority(os.PRIO_PROCESS, 0)\n"
        "try: runpy.run_module('paebbl_viz.reader.process', run_name='__main__')\n"
        "finally: print(found)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr.strip()) == ("[10]", f"10 {getattr(os, 'SCHED_BATCH', 0)}")


def test_bytes_that_were_read_before_are_only_looked_at(write_csv, tmp_path, monkeypatch):
    versions = Versions(tmp_path / "state")
    first = versions.add(write_csv("a\n1\n"), limits=Limits())
    monkeypatch.setattr("paebbl_viz.store.versions.ingest", lambda *_, **__: pytest.fail("it was read again"))
    assert versions.add(write_csv("a\n1\n", "other name.csv"), limits=Limits()) == first


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
