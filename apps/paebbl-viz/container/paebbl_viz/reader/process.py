"""The process that reads a file: `python -m paebbl_viz.reader.process`.

It takes its orders as JSON on standard input and answers with one line of JSON, `{"version": ...}` or
`{"problem": ..., "next_step": ..., "line": ...}`, with `"here": true` when it is this machine's problem.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paebbl_viz.store.versions import Versions

# Ten steps of niceness leave a tenth of a busy core: a refresh of 100 MB then takes a minute, and nobody notices.
NICENESS = 10


def main() -> None:
    _yield_to_readers()
    # Not before: importing the libraries is a second of work, too.
    from paebbl_viz.errors import BadData
    from paebbl_viz.reader.ingest import Limits
    from paebbl_viz.store.versions import Versions

    orders = json.load(sys.stdin)
    limits = Limits(bytes=orders["bytes"], columns=orders["columns"])
    try:
        versions = Versions(Path(orders["state"]))
        version = versions.add(Path(orders["source"]), limits=limits, name=orders["name"])
        answer: dict[str, object] = {"version": version} | _warm(versions, version)
    except BadData as error:
        answer = {"problem": error.problem, "next_step": error.next_step, "line": error.line}
    except OSError as error:
        problem = f"The server could not read '{orders['name']}' ({error.strerror or error})."
        next_step = "Make room on its disk, or use a smaller file."
        answer = {"problem": problem, "next_step": next_step, "line": None, "here": True}
    sys.stdout.write(json.dumps(answer))


def _yield_to_readers() -> None:
    os.nice(NICENESS)
    if hasattr(os, "SCHED_BATCH"):
        # Never takes a core from a worker that is in the middle of an answer.
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _warm(versions: Versions, version: str) -> dict[str, object]:
    """Makes indexes as the data that are shown have.  They can be made later too: a failure costs time, and is told."""
    from paebbl_viz.fast.warm import warm

    try:
        now = versions.current()
        if now is not None and now.version not in (None, version) and now.origin and versions.has(str(now.version)):
            warm(versions.open(str(now.version), now.origin), versions.open(version, now.origin))
    except Exception as error:  # noqa: BLE001 - the data are good, whatever becomes of their indexes
        return {"cold": f"{type(error).__name__}: {error}"[:500]}
    return {}


if __name__ == "__main__":
    main()
