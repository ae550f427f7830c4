"""What happened to the data, as log lines that a person can read and an alarm can count.

The lines of `metric()` are in CloudWatch's embedded metric format: log lines that become metrics without a call to any
service.  `DataProblem` is 1 in every round in which something better than what is shown could not be had, so that
an alarm on it (and a channel behind the alarm) tells both the fall and the recovery.
"""

from __future__ import annotations

import time

from paebbl_viz.logs import LOGGER
from paebbl_viz.store.versions import Current

NAMESPACE = "PaebblViz"


def tell(before: Current | None, problem: str | None, *, shown: str, version: str | None, changed: bool) -> None:
    """Logs what changed between two rounds; a problem that stays is not repeated, its metric is."""
    had = before.problem if before else None
    if problem and problem != had:
        LOGGER.warning(
            "the data could not be refreshed", extra={"event": "data_fallback", "reason": problem, "showing": shown}
        )
    if had and not problem:
        LOGGER.info("the data are fresh again", extra={"event": "data_recovered", "showing": shown})
    if changed:
        LOGGER.info("new data are shown", extra={"event": "data_changed", "showing": shown, "version": version})
    metric("DataProblem", 1.0 if problem else 0.0)


def metric(name: str, value: float, unit: str = "Count") -> None:
    definition = {"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": [{"Name": name, "Unit": unit}]}
    LOGGER.info(
        "metric",
        extra={
            "event": "metric",
            "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [definition]},
            name: value,
        },
    )
