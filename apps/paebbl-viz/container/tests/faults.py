"""Every fault that is tried, as tables: the tests take their rows from here, and FAULTS.md is written from them.

python tests/faults.py        writes FAULTS.md anew
"""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[1] / "FAULTS.md"

# What the page says when SharePoint, or Entra ID and AWS before it, answer like this.
SHAREPOINT = {
    "401": "SharePoint answered 401: the sign-in was refused.",
    "403": "SharePoint answered 403: the app may not read the file.",
    "404": "SharePoint answered 404: there is no such site or file.",
    "429": "SharePoint is busy (429).",
    "500": "SharePoint answered 500: unexpected.",
    "503": "SharePoint is busy (503).",
    "hang": "SharePoint did not answer in time.",
    "reset": "SharePoint cannot be reached",
    "html": "SharePoint gave an answer that is not understood.",
    "truncated": "SharePoint cannot be reached",
    "short": "The file from SharePoint was cut short",
    "trickle": "The download from SharePoint took too long.",
    "zip bomb": "SharePoint sent the file compressed, which was not asked for.",
    "download-403": "SharePoint answered 403: the app may not read the file.",
    "download-410": "SharePoint answered 410: unexpected.",
}
S3 = {
    "gone": "S3 answered NoSuchKey.",
    "bucket gone": "S3 answered NoSuchBucket.",
    "too large": "The file in S3 has 0 MB, more than the limit.",
    "unreachable": "S3 cannot be reached",
    "403": "S3 answered AccessDenied.",
    "500": "S3 answered InternalError.",
    "503": "S3 answered SlowDown.",
    "hang": "S3 cannot be reached",
    "reset": "S3 cannot be reached",
    "truncated": "The file in S3 was cut short.",
    "trickle": "The file in S3 took too long to arrive.",
}
ATHENA = {
    "query failed": "The query failed: TABLE_NOT_FOUND.",
    "may not read": "The query failed: an error in the query or a missing permission.",
    "scan limit": "The query was stopped, by somebody or by the workgroup's limit of scanned data.",
    "never ends": "The query took longer than",
    "no location": "Athena did not say where the answer is",
    "answer gone": "AWS answered NoSuchKey.",
    "throttled": "AWS answered ThrottlingException.",
    "no workgroup": "AWS answered InvalidRequestException.",
    "access denied": "AWS answered AccessDeniedException.",
    "500": "AWS answered InternalServerException.",
    "reset": "Athena cannot be reached",
    "html": "Athena gave an answer that is not understood.",
}


def zip_bomb() -> bytes:
    """Fifty megabytes of a CSV as a zip archive of fifty kilobytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("data.csv", b"a,b\n" + b"1,2\n" * 12_500_000)
    return archive.getvalue()


MILLION = b",".join(b"c%d" % number for number in range(1_000_000))
# Files that are no table, and what is said of them: from every source, on the command line and on the upload page.
REFUSED = {
    "empty": (b"", "is empty"),
    "only blank lines": (b"\n\n  \n", "is empty"),
    "no header": (b"1,2.5,2025-01-01\n2,3.5,2025-01-02\n", "no header line"),
    "no rows": (b"a,b,c\n", "no rows"),
    "binary": (bytes(range(256)) * 20, "is not text"),
    "control characters": (b"\x01\x02,\x03\n\x04,\x05\n", "is not text"),
    "NUL bytes": (b"a,b\n1,2\n3,\0\n", "line 3 holds NUL bytes"),
    "Excel": (b"PK\x03\x04" + b"x" * 100, "an Excel workbook or a zip archive"),
    "gzip": (b"\x1f\x8b" + b"x" * 100, "compressed with gzip"),
    "a zip bomb": (zip_bomb(), "an Excel workbook or a zip archive"),
    "a gzip bomb": (gzip.compress(b"a,b\n" + b"1,2\n" * 12_500_000, 1), "compressed with gzip"),
    "web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page"),
    "a long row": (b"a,b\n1,2\n3,4,5\n6\n", "Line 3 of 'bad.csv' has 3 cells, but the header has 2"),
    "a short row": (b"a,b\n1,2\n3\n", "Line 3 of 'bad.csv' has 1 cell, but the header has 2"),
    "a long row with quotes": (b'a,b\n"x\ny",2\n3,4,5\n', "Line 4 of 'bad.csv' has 3 cells"),
    "an open quote": (b'a,b\n1,"2\n' + b"x,y\n" * 300_000, "from line 2 on"),
    "too many columns": (",".join(f"c{i}" for i in range(5000)).encode() + b"\n", "5,000 columns, more than the limit"),
    "a million columns": (MILLION + b"\n" + b"1," * 999_999 + b"1\n", "1,000,000 columns, more than the limit"),
    "NUL bytes late in the file": (b"a,b\n" + b"1,2\n" * 1_100_000 + b"3,\0\n", "line 1100002 holds NUL bytes"),
    "a million cells in a row": (b"a,b\n" + b"1," * 1_000_000 + b"1\n", "Line 2 of 'bad.csv' has 1,000,001 cells"),
}


@dataclass(frozen=True)
class Odd:
    """A file that is odd and a table all the same: its columns as 'name: kind', and what the page remarks."""

    content: bytes
    columns: str
    remark: str = ""


def _text(text: str) -> bytes:
    return text.encode()


MIXED = b"city,n\n" + "Zürich,1\n".encode("latin-1") + _text("Zürich,2\n")
NUMBERS = "".join(f"{number}\n" for number in range(30))
READ = {
    "a byte order mark": Odd(_text("\ufeffcity,n\nZürich,1\n"), "city: category, n: number"),
    "UTF-16": Odd("city,n\nZürich,1\n".encode("utf-16"), "city: category, n: number", "The file is UTF-16"),
    "Latin-1": Odd("city,n\nZürich,1\n".encode("latin-1"), "city: category, n: number", "read as Windows-1252"),
    "mixed encodings": Odd(MIXED, "city: category, n: number", "mixes encodings"),
    "line ends of an old Macintosh": Odd(b"city,n\rOslo,1\r", "city: category, n: number"),
    "a column name twice": Odd(b"a,a\n1,x\n2,y\n", "a: number, a (2): category", "occurs more than once"),
    "a column without a name": Odd(b"a,\n1,x\n2,y\n", "a: number, column_2: category", "has no name"),
    "formulas": Odd(b"name,n\n=cmd|' /C calc'!A0,1\n@x,2\n", "name: category, n: number"),
    "dates in five formats, a column each": Odd(
        b"a,b,c,d,e\n"
        b"2025-01-31,31.01.2025,01/31/2025,31-Jan-2025,2025-01-31T06:30:00Z\n"
        b"2025-02-01,01.02.2025,02/01/2025,01-Feb-2025,2025-02-01T06:30:00+02:00\n",
        "a: time, b: time, c: time, d: time, e: time",
    ),
    "dates in five formats in one column": Odd(
        b"when\n2025-01-31\n31.01.2025\n01/31/2025\n31-Jan-2025\n2025-01-31T06:30:00Z\n", "when: category"
    ),
    "dates that could be day or month first": Odd(
        b"when\n01/02/2025\n03/04/2025\n", "when: time", "could be day/month or month/day"
    ),
    "decimal commas": Odd(b"a;b\n1,5;1.234,5\n2,25;7\n", "a: number, b: number"),
    "numbers with leading zeros": Odd(b"order,n\n007,1\n008,2\n", "order: category, n: number"),
    "numbers too long to be exact": Odd(b"id,n\n12345678901234567,1\n1,2\n", "id: category, n: number"),
    "words for missing values": Odd(b"n,t\n1,NA\nNA,b\nnull,c\n", "n: number, t: category"),
    "infinity": Odd(_text(f"n\n{NUMBERS}inf\n"), "n: text", "treated as text"),
    "one odd cell among numbers": Odd(_text(f"n\n{NUMBERS}about 5\n"), "n: text", "the first is 'about 5' in row 31"),
    "a column without any value": Odd(b"a,b\n1,\n2,\n", "a: number, b: text"),
    "blank lines, and rows of separators": Odd(b"a,b\n\n1,2\n\n,\n3,4\n\n", "a: number, b: number"),
    "separators, quotes and line breaks in cells": Odd(b'a,b\n"x, ""y""\nz",1\n5" pipe,2\n', "a: category, b: number"),
    "a cell of nine hundred thousand letters": Odd(b"a,b\n1," + b"x" * 900_000 + b"\n2,y\n", "a: number, b: category"),
    "two thousand columns": Odd(
        b",".join(b"c%d" % i for i in range(2_000)) + b"\n" + b"1," * 1_999 + b"1\n",
        ", ".join(f"c{i}: number" for i in range(2_000)),
    ),
}

# What happens on this machine, and what becomes of it; each has a test of its own, whose name stands beside it.
MACHINE = {
    "the disk is full while a file is read": (
        "the good data stay, and the page says so",
        "test_a_full_disk_loses_nothing_and_is_said",
    ),
    "the disk is full while a file is fetched": (
        "the good data stay, and the page says so",
        "test_a_disk_that_is_full_during_the_fetch_is_said",
    ),
    "a round fails in a way that nobody foresaw": (
        "the good data stay, the log has the error, the alarm goes off, and the next round comes",
        "test_a_round_that_fails_unforeseen_is_told_to_the_alarm_and_not_the_last",
    ),
    "the reading process dies, hangs or runs out of memory": (
        "the good data stay, and the page says so",
        "test_a_process_that_dies_or_hangs_is_one_sentence",
    ),
    "the task stops while a file is read": (
        "the file is read again, and nobody blames it",
        "test_a_process_that_is_stopped_with_its_task_blames_neither_file_nor_memory",
    ),
    "a local file is being written": (
        "it is read once it is whole",
        "test_a_file_that_is_still_being_written_waits_until_it_is_whole",
    ),
    "a local file changes while it is copied": (
        "it is left for the next round",
        "test_a_file_that_changes_while_it_is_copied_is_left_for_the_next_round",
    ),
    "data are replaced while somebody reads": (
        "everybody sees the old version or the new one",
        "test_readers_never_see_half_of_a_version",
    ),
    "many want the same figure at once": (
        "it is made once",
        "test_two_who_want_the_same_answer_at_once_cost_one",
    ),
    "several workers of a task": ("one of them asks the sources", "test_only_one_worker_of_a_machine_refreshes"),
    "a new task, and the source does not answer": (
        "the last good copy in S3 is shown",
        "test_a_new_task_has_the_last_good_copy_when_the_source_is_down",
    ),
    "no source ever had data": ("the bundled file is shown", "test_the_bundled_file_is_the_last_resort"),
    "the last good copy cannot be saved": (
        "it is tried again in every round, without another download",
        "test_a_copy_that_could_not_be_saved_is_tried_again_without_another_download",
    ),
    "a source goes on offering a file that is no table": (
        "it is downloaded and read once, and the page says so until there is another",
        "test_a_file_that_is_no_table_is_read_once_and_said_in_every_round",
    ),
    "a query of Athena fails, which is billed all the same": (
        "it is not asked again before its time, and the page says so until then",
        "test_a_query_that_fails_is_not_asked_again_before_its_time_and_not_told_as_recovered",
    ),
    "sources are asked once in an hour, and one fails": (
        "the alarm goes off within minutes, and stays until it is over",
        "test_a_problem_that_lasts_is_told_again_until_it_is_over_however_seldom_the_rounds_are",
    ),
    "a source asks to wait": ("it is left alone for so long", "test_a_source_that_asks_to_wait_is_left_alone"),
    "a view has an error": (
        "its own page says so, and no other, until it works again",
        "test_a_broken_view_shows_its_error_on_its_own_page_and_nowhere_else",
    ),
}
UPLOADS = {
    "a path in place of an upload's id": ("refused", "test_an_upload_is_named_by_its_id_only"),
    "a path, markup or line breaks in a file's name": ("only shown, as text", "test_the_name_of_a_file_is_only_shown"),
    "another kind of file that calls itself CSV": (
        "judged by its content",
        "test_whatever_calls_itself_a_csv_is_judged_by_its_content",
    ),
    "another key, type or size than the form allows": (
        "refused by S3",
        "test_the_form_allows_one_key_one_type_and_a_size",
    ),
    "a file that is larger than allowed": ("not read", "test_a_file_that_is_larger_than_allowed_is_not_read"),
    "a file that takes longer to read than a load balancer waits": (
        "the page asks again until it is understood",
        "test_a_file_that_takes_long_is_answered_at_once_and_again_until_it_is_understood",
    ),
    "many files at once": ("read one after the other", "test_workers_take_turns"),
    "the task stops while a file is looked at": (
        "it is looked at again",
        "test_a_check_that_was_stopped_with_its_worker_begins_anew",
    ),
    "the user pool's keys cannot be had": (
        "nobody is in a group, and the log says so",
        "test_keys_that_cannot_be_had_make_nobody_a_publisher_and_the_log_says_so",
    ),
    "several people publish at once": ("all versions are there", "test_publishing_at_the_same_time_loses_nothing"),
    "the file is replaced after it was looked at": ("not published", "test_only_what_was_looked_at_is_published"),
    "a sign-in of somebody else, of another app, expired or forged": (
        "refused",
        "test_nobody_else_may_look_store_or_publish",
    ),
    "another site sends the form": ("refused", "test_nobody_else_may_look_store_or_publish"),
}


def render() -> str:
    def table(head: tuple[str, str], rows: list[tuple[str, str]]) -> list[str]:
        return [f"| {head[0]} | {head[1]} |", "|---|---|", *(f"| {one} | {other} |" for one, other in rows), ""]

    def said(words: str) -> str:
        return f"“{words if words.endswith('.') else f'{words} …'}”"

    lines = [
        "<!-- Written by `python tests/faults.py` from the tables that the tests run through. -->",
        "# What goes wrong, and what then happens",
        "",
        f"{count()} faults, each of them tried by a test. Whatever it is, the pages go on showing the last good data;",
        "the header says since when newer ones could not be had, and why; the log has the event, and the alarm on",
        "`DataProblem` goes off.",
        "",
    ]
    for name, faults in (("SharePoint", SHAREPOINT), ("S3", S3), ("Athena", ATHENA)):
        lines += [f"## {name}", ""]
        lines += table(("fault", "the page says"), [(fault, said(words)) for fault, words in faults.items()])
    lines += [
        "## Files that are no table",
        "",
        "From SharePoint, S3 or a local file, or dropped on the upload page, and in `python -m paebbl_viz.check`.",
        "",
        *table(("file", "said of it"), [(name, said(words)) for name, (_, words) in REFUSED.items()]),
        "## Files that are odd, and tables all the same",
        "",
        *table(("file", "read as"), [(name, _read_as(odd)) for name, odd in READ.items()]),
        "In downloads, text that a spreadsheet would run as a formula gets an apostrophe in front.",
        "",
        "## This machine",
        "",
        *table(("what happens", "what becomes of it"), [(name, words) for name, (words, _) in MACHINE.items()]),
        "## Uploads",
        "",
        *table(("attack or accident", "what becomes of it"), [(name, words) for name, (words, _) in UPLOADS.items()]),
    ]
    return "\n".join(lines)


def _read_as(odd: Odd) -> str:
    columns = odd.columns if len(odd.columns) < 200 else "all of them numbers"
    return f"{columns}; remarked: “… {odd.remark} …”" if odd.remark else columns


def count() -> int:
    """Rows of the matrix: a file that is no table counts once for each of the three ways that it can come."""
    return len(SHAREPOINT) + len(S3) + len(ATHENA) + 3 * len(REFUSED) + len(READ) + len(MACHINE) + len(UPLOADS)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
