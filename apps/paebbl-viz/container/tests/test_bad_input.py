"""Files that are no table: one sentence with the next step, never a stack trace."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from faults import REFUSED

MANY = ",".join(f"c{i}" for i in range(200))


def check(path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "paebbl_viz.check", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_gives_a_page_with_one_sentence(name, write_csv, make_app):
    content, problem = REFUSED[name]
    client = make_app(data_file=write_csv(content, "bad.csv")).test_client()
    for address in ("/", "/table", "/views/explore"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert problem.replace("'", "&#39;") in answer.text
        assert "Traceback" not in answer.text
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_first_lines_that_are_wrong_are_named_and_the_others_counted(quote, write_csv, make_app):
    rows = "".join(f"{quote}{number}{quote},2{',3' * (number % 2)}\n" for number in range(30_000))
    page = make_app(data_file=write_csv(f"a,b\n{rows}", "bad.csv")).test_client().get("/").text
    assert (
        "Line 3 of &#39;bad.csv&#39; has 3 cells, but the header has 2; line 5 has 3, line 7 has 3, line 9 has 3, "
        "line 11 has 3, and 14,995 more lines are wrong. Correct those lines"
    ) in page


@pytest.mark.parametrize("name", ["empty", "no header", "binary", "a long row", "missing"])
def test_the_check_says_one_sentence_and_exits_with_2(name, write_csv, tmp_path):
    path = write_csv(REFUSED[name][0], "bad.csv") if name in REFUSED else tmp_path / "missing.csv"
    problem = REFUSED[name][1] if name in REFUSED else "There is no file"
    result = check(path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert problem in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_check_of_a_good_file_says_what_was_understood(write_csv):
    result = check(write_csv("a;b\n1;2\n"))
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        "data.csv: 1 rows, 2 columns, separated by semicolon\n",
        "",
    )


def test_two_hundred_columns_work_on_every_page(write_csv, make_app):
    rows = "".join(",".join(str(row * column % 7) for column in range(200)) + "\n" for row in range(50))
    client = make_app(data_file=write_csv(f"{MANY}\n{rows}")).test_client()
    for address in (
        "/",
        "/table",
        "/table?columns=176",
        "/views/explore",
        "/views/explore/figure.json",
        "/views/distribution",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.data) < 250_000
    assert ">C199<" in client.get("/table?columns=176").text
    assert 'name="min.c150"' in client.get("/views/explore?add=c150").text


def peak_memory(path) -> int:
    """Bytes that the reader's own process needed at most."""
    process = subprocess.Popen(
        [sys.executable, "-m", "paebbl_viz.check", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # waited for above; subprocess need not try again
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def test_memory_stays_bounded_whatever_comes(write_csv):
    usual = peak_memory(write_csv("a,b\n1,2\n", "usual.csv"))
    for name in ("a zip bomb", "a gzip bomb", "a million columns", "a million cells in a row"):
        assert peak_memory(write_csv(REFUSED[name][0], "bad.csv")) - usual < 150_000_000, name
    one_line = peak_memory(write_csv(b"a,b\n" + b"x" * 60_000_000, "bad.csv"))
    assert one_line - usual < 250_000_000
