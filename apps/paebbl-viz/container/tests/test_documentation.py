"""README.md says what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from paebbl_viz.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_documented_and_every_documented_one_exists():
    known = {item.metadata["env"] for item in fields(Settings)}
    documented = set(re.findall(r"^\| `(PAEBBL_[A-Z_0-9]+)`", README, re.MULTILINE))
    assert documented == known


def test_the_example_of_a_view_is_five_lines_and_works(make_app, tmp_path):
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    lines = [line for line in code[1].splitlines() if line.strip()]
    assert len(lines) <= 5
    folder = tmp_path / "views"
    folder.mkdir()
    (folder / "reactor_temperature.py").write_text(code[1], encoding="utf-8")
    client = make_app(views_dir=folder).test_client()
    answer = client.get("/views/reactor-temperature/figure.json?p.bins=12").get_json()
    assert answer["figure"]["data"]
    assert "Reactor temperature" in client.get("/").text
