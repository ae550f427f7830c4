"""Filters and sorting: state is in the address, and means the same on every page."""

from __future__ import annotations

import csv
import io
import resource
import tracemalloc
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import MultiDict

from paebbl_viz.filters import parse_filters
from paebbl_viz.rows import order_rows


def rows_of(client, **query) -> list[dict[str, str]]:
    answer = client.get(f"/download.csv?{urlencode(query, doseq=True)}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_categories_are_alternatives_and_columns_are_joined(client):
    found = rows_of(client, **{"in.reactor": ["R1", "R3"], "in.feedstock": "olivine"})
    assert {row["reactor"] for row in found} == {"R1", "R3"}
    assert {row["feedstock"] for row in found} == {"olivine"}
    everything = rows_of(client)
    assert len(found) == sum(row["reactor"] in ("R1", "R3") and row["feedstock"] == "olivine" for row in everything)


def test_ranges_include_their_ends_and_leave_out_missing_values(client):
    found = rows_of(client, **{"min.conversion_pct": "20", "max.conversion_pct": "20.5"})
    assert found
    assert all(20 <= float(row["conversion_pct"]) <= 20.5 for row in found)


def test_a_last_day_is_meant_as_a_whole(client):
    found = rows_of(client, **{"min.started_at": "2025-03-01", "max.started_at": "2025-03-01"})
    assert found
    assert {row["started_at"][:10] for row in found} == {"2025-03-01"}


def test_yes_and_no_can_be_chosen(client):
    assert {row["on_spec"] for row in rows_of(client, **{"in.on_spec": "yes"})} == {"yes"}


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("column", ["co2_uptake_kg_per_t", "started_at", "feedstock"])
def test_sorting_puts_missing_values_last(client, column, down):
    values = [row[column] for row in rows_of(client, sort=f"-{column}" if down else column)]
    present = [float(value) if column.startswith("co2") else value for value in values if value]
    assert present == sorted(present, reverse=down)
    assert not any(values[len(present) :])


@pytest.mark.parametrize("most", [None, 3, 100])
@pytest.mark.parametrize("down", [False, True])
def test_texts_are_sorted_by_letters_with_equal_ones_in_their_order_and_missing_ones_last(
    make_app, write_csv, down, most
):
    words = [f"{'ä' if row % 7 else 'z'}{row * 37 % 500} {row % 3}" if row % 5 else "" for row in range(2_000)] * 2
    path = write_csv("note,n\n" + "".join(f"{word},{row}\n" for row, word in enumerate(words)))
    data = make_app(data_file=path).extensions["paebbl_viz"].library.current().data
    assert data.by_name["note"].kind == "text"
    found = order_rows(parse_filters(data, MultiDict()), "-note" if down else "note", most).tolist()
    there = [row for row in range(4_000) if words[row]]
    expected = sorted(there, key=lambda row: words[row], reverse=down)
    assert found == [*expected, *(row for row in range(4_000) if not words[row])][:most]


def test_one_long_cell_does_not_make_sorting_a_matter_of_gigabytes(make_app, write_csv):
    """200,000 notes, one of them of 20,000 letters: in arrays of one width that would be 16 GB."""
    rows = "".join(f"note {row * 7919 % 200_000}\n" for row in range(200_000))
    path = write_csv(f"note\n{'x' * 20_000}\n{rows}")
    data = make_app(data_file=path).extensions["paebbl_viz"].library.current().data
    selection = parse_filters(data, MultiDict())
    order_rows(selection, "note", 50)
    tracemalloc.start()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = order_rows(selection, "-note", 50)
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[0] == 0
    assert peak < 60_000_000
    assert grown_kb < 100_000


def test_pages_of_the_table_follow_each_other(client):
    def first_cells(page: int) -> list[str]:
        text = client.get(f"/table?sort=-temperature_c&page={page}").text
        return text.split("<tbody>")[1].split('<tr><th scope="row" class="num">')[1:]

    ids = [cell.split("<")[0] for page in (1, 2, 64) for cell in first_cells(page)]
    assert len(ids) == len(set(ids)) == 150
    assert "Page 64 of 64" in client.get("/table?page=9999").text


def test_filters_show_as_chips_that_take_themselves_away(client):
    text = client.get("/views/explore?in.reactor=R1&min.temperature_c=150&p.draw=lines").text
    assert "Reactor: R1" in text
    assert "Temperature (°C): from 150" in text
    assert 'href="?in.reactor=R1&amp;p.draw=lines"' in text
    assert 'href="/table?in.reactor=R1&amp;min.temperature_c=150"' in text


def test_no_row_left_is_said_and_not_drawn(client):
    query = "min.temperature_c=9999"
    assert client.get(f"/views/explore/figure.json?{query}").get_json() == {"empty": True, "rows": 0, "total": 3200}
    assert "No row passes these filters" in client.get(f"/table?{query}").text


@pytest.mark.parametrize(
    "query",
    [
        "min.temperature_c=hot",
        "min.started_at=someday",
        "in.reactor=R9",
        "in.nothing=1",
        "min.temperature_c=inf",
        "sort=nope",
    ],
)
def test_a_filter_that_cannot_be_is_a_readable_page(client, query):
    for address in ("/table", "/download.csv"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "That address does not work" in answer.text


def test_empty_fields_of_a_form_are_no_filters(client):
    assert len(rows_of(client, **{"min.temperature_c": "", "in.reactor": "", "max.started_at": ""})) == 3200


def test_formulas_in_text_become_text_in_a_download(make_app, write_csv):
    path = write_csv("name,value\n=cmd|' /C calc'!A0,-1\n@x,-2\nplain,-3\n")
    found = rows_of(make_app(data_file=path).test_client())
    assert [row["name"] for row in found] == ["'=cmd|' /C calc'!A0", "'@x", "plain"]
    assert [row["value"] for row in found] == ["-1", "-2", "-3"]
