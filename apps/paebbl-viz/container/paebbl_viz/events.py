"""What happened to the data, as log lines that a person can read and metrics that an alarm can watch.

`DataProblem` is 1 in every round in which something better than what is shown could not be had, and every minute until
the next round, so that an alarm on it (and a channel behind the alarm) tells both the fall and the recovery.
"""

from __future__ import annotations

from paebbl_viz import metrics
from paebbl_viz.logs import LOGGER
from paebbl_viz.store.versions import Current


def tell(
    before: Current | None,
    problem: str | None,
    *,
    shown: str,
    version: str | None,
    changed: bool,
    milliseconds: float = 0.0,
) -> None:
    """Logs what changed between two rounds; a problem that stays is not repeated, its metric is.

    `milliseconds` is how long the round took.
    """
    had = before.problem if before else None
    if problem and problem != had:
        LOGGER.warning(
            "the data could not be refreshed", extra={"event": "data_fallback", "reason": problem, "showing": shown}
        )
    if had and not problem:
        LOGGER.info("the data are fresh again", extra={"event": "data_recovered", "showing": shown})
    if changed:
        LOGGER.info("new data are shown", extra={"event": "data_changed", "showing": shown, "version": version})
    metrics.tell(
        {
            "DataProblem": (1.0 if problem else 0.0, "Count"),
            "Fallbacks": (1.0 if problem and not had else 0.0, "Count"),
            "DataChanged": (1.0 if changed else 0.0, "Count"),
            "RefreshTime": (round(milliseconds, 1), "Milliseconds"),
        }
    )


def tell_problem() -> None:
    """There is one: it lasts, or a round could not even say on the pages what went wrong."""
    metrics.tell({"DataProblem": (1.0, "Count")})
