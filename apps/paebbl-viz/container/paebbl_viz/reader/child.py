"""Reads a file in a process of its own (`reader.process`), so that a huge one neither slows requests down nor leaves
memory behind.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from paebbl_viz.errors import BadData, ReadingFailed, ReadingStopped
from paebbl_viz.logs import LOGGER
from paebbl_viz.reader.ingest import Limits

# A gigabyte takes about half a minute on one core; ten times that means that something is wrong.
LONGEST_SECONDS = 900
# A stopping task ends all of its processes, this one too: that is not the file's fault.
STOPPED = (-signal.SIGTERM, -signal.SIGINT)


def read_in_child(source: Path, state: Path, *, limits: Limits, name: str) -> str:
    """The id of the new version in `state`.  Raises BadData; ReadingFailed, which is one, when the process is killed
    or takes too long; and ReadingStopped when it is ended from outside.
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
            [sys.executable, "-m", "paebbl_viz.reader.process"],
            input=json.dumps(orders),
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
            cwd=Path(__file__).resolve().parents[2],
            # Who reads a page needs the other cores.
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingFailed(
            f"Reading '{name}' took longer than {LONGEST_SECONDS // 60} minutes.", "Use a smaller file."
        ) from error
    if done.returncode in STOPPED:
        raise ReadingStopped("The server is being replaced by a newer one: try again in a moment.")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise ReadingFailed(
            f"Reading '{name}' ended with code {done.returncode}, probably for lack of memory.", "Use a smaller file."
        ) from error
    if "cold" in answer:
        LOGGER.warning("indexes were not made", extra={"event": "indexes_not_made", "reason": answer["cold"]})
    if "version" in answer:
        return str(answer["version"])
    kind = ReadingFailed if answer.get("here") else BadData
    raise kind(answer["problem"], answer["next_step"], line=answer["line"])
