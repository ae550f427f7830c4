from pathlib import Path

from dashboard.chart import figure, load
from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).parent.parent / "dashboard" / "app.py"


def test_the_page_runs_to_its_end() -> None:
    page = AppTest.from_file(str(SCRIPT), default_timeout=60).run()

    assert not page.exception
    assert page.title[0].value == "Conversion by feedstock"
    assert f"{len(load())} measurements" in page.caption[0].value


def test_the_chart_has_a_line_for_each_feedstock() -> None:
    data = load()

    assert {line.name for line in figure(data).data} == set(data["feedstock"])
