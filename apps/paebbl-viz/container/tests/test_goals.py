"""The benchmark's goals: none of them may vanish from the report."""

from __future__ import annotations

import importlib.util
from pathlib import Path

GOALS = Path(__file__).parents[4] / "benchmarks" / "dashboard" / "goals.py"


def test_a_goal_that_was_not_measured_is_told_and_not_left_out():
    spec = importlib.util.spec_from_file_location("goals", GOALS)
    goals = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(goals)
    rows = goals.judge({"1000000": [{"name": "ours: cached", "timesNaive": 700}]})
    assert len(rows) == len(goals.GOALS)
    assert [row["met"] for row in rows][:2] == ["met", "not measured"]
