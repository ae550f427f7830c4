"""The bundled data are what the script makes, on every machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_script_makes_the_committed_file_byte_for_byte():
    spec = importlib.util.spec_from_file_location("make_clean_csv", ROOT / "scripts" / "make_clean_csv.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.render() == (ROOT / "data" / "clean.csv").read_bytes()
