"""The errors that a person may read: each is one sentence about what is wrong and one about what to do."""

from __future__ import annotations


class VizError(Exception):
    """Base of every error that is meant for people.

    `code` is stable and for machines (logs, tests); the text is for the reader and holds no secret.
    """

    code = "viz_error"
    status = 500


class BadData(VizError):
    """The file cannot be read as a table.

    `line` is the first line of the file that is wrong, counted from 1, where one can be named.
    """

    code = "bad_data"
    status = 503

    def __init__(self, problem: str, next_step: str, *, line: int | None = None) -> None:
        super().__init__(f"{problem} {next_step}")
        self.problem = problem
        self.next_step = next_step
        self.line = line


class ReadingFailed(BadData):
    """Reading did not come to an end here, for lack of memory, disk or time: the same file may be read another time."""


class ReadingStopped(VizError):
    """Reading was ended from outside, as when a task stops: it says nothing about the file."""

    code = "reading_stopped"
    status = 503


class NoData(VizError):
    """There never were data that could be shown; the text says why."""

    code = "no_data"
    status = 503


class BadRequest(VizError):
    """The address asks for something that cannot be: an unknown filter, a number that is none."""

    code = "bad_request"
    status = 400


class ViewNeedsColumns(VizError):
    """The view was written for other columns than the data has."""

    code = "view_needs_columns"
    status = 200

    def __init__(self, missing: list[str]) -> None:
        names = ", ".join(missing)
        super().__init__(f"This view needs what the data do not have: {names}.")
        self.missing = missing


class ViewFailed(VizError):
    """The view's own code raised an error or returned something else than a figure."""

    code = "view_failed"
    status = 200


class BadSetting(VizError):
    """A setting of the environment is not usable."""

    code = "bad_setting"
