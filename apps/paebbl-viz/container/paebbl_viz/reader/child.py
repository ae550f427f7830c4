"""Reads a file in a process of its own, so that a huge one neither slows requests down nor leaves memory behind.

`python -m paebbl_viz.reader.child` is that process: it takes its orders as JSON on standard input and answers with one
line of JSON, `{"version": ...}` or `{"problem": ..., "next_step": ..., "line": ...}`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paebbl_viz.errors import BadData, ReadingStopped
from paebbl_viz.logs import LOGGER
from paebbl_viz.reader.ingest import Limits

if TYPE_CHECKING:
    from paebbl_viz.store.versions import Versions

# A gigabyte takes about half a minute on one core; ten times that means that something is wrong.
LONGEST_SECONDS = 900
NICENESS = 10
# A stopping task ends all of its processes, this one too: that is not the file's fault.
STOPPED = (-signal.SIGTERM, -signal.SIGINT)


def read_in_child(source: Path, state: Path, *, limits: Limits, name: str) -> str:
    """The id of the new version in `state`.  Raises BadData, also when the process is killed or takes too long, and
    ReadingStopped when it is ended from outside.
    """
    orders = {
        "source": str(source),
        "state": str(state),
        "name": name,
        "bytes": limits.bytes,
        "columns": limits.columns,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "paebbl_viz.reader.child"],
            input=json.dumps(orders),
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "POLARS_MAX_THREADS": "2"},
        )
    except subprocess.TimeoutExpired as error:
        raise BadData(
            f"Reading '{name}' took longer than {LONGEST_SECONDS // 60} minutes.", "Use a smaller file."
        ) from error
    if done.returncode in STOPPED:
        raise ReadingStopped("The server is being replaced by a newer one: try again in a moment.")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise BadData(
            f"Reading '{name}' ended with code {done.returncode}, probably for lack of memory.", "Use a smaller file."
        ) from error
    if "cold" in answer:
        LOGGER.warning("indexes were not made", extra={"event": "indexes_not_made", "reason": answer["cold"]})
    if "version" in answer:
        return str(answer["version"])
    raise BadData(answer["problem"], answer["next_step"], line=answer["line"])


def main() -> None:
    from paebbl_viz.store.versions import Versions

    os.nice(NICENESS)
    orders = json.load(sys.stdin)
    limits = Limits(bytes=orders["bytes"], columns=orders["columns"])
    try:
        versions = Versions(Path(orders["state"]))
        version = versions.add(Path(orders["source"]), limits=limits, name=orders["name"])
        answer: dict[str, object] = {"version": version} | _warm(versions, version)
    except BadData as error:
        answer = {"problem": error.problem, "next_step": error.next_step, "line": error.line}
    sys.stdout.write(json.dumps(answer))


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
