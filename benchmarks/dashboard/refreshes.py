"""Memory of one process over a thousand refreshes, each with other data, each followed by a page and two figures.

Run by the app's own Python: `python refreshes.py COUNT`, prints JSON.  Here the file is read in the process itself, and
not in one of its own as in the server: what the reader would leak shows, too.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

ROWS = 50_001
EVERY = 20


def main(count: int) -> None:
    from paebbl_viz.app import create_app
    from paebbl_viz.refresher import Refresher
    from paebbl_viz.settings import Settings
    from paebbl_viz.sources import local
    from paebbl_viz.store import versions
    from paebbl_viz.store.versions import Versions

    # A real refresher comes by every few minutes; here a thousand do within that time, and old versions may go at once.
    versions.YOUNG_SECONDS = 0
    # Nor does it wait for a file that may still be growing.
    local.SETTLED_SECONDS = -1
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "data.csv"
        write(path, 0)
        settings = Settings(data_file=path, state_dir=Path(folder) / "state", log_level="ERROR", hot_reload="off")
        services = (app := create_app(settings)).extensions["paebbl_viz"]

        def read(source: Path, state: Path, *, limits: object, name: str) -> str:
            return Versions(state).add(source, limits=limits, name=name)  # type: ignore[arg-type]

        refresher = Refresher(services.library, services.refresher.sources, None, read=read)
        client = app.test_client()
        figure = "/views/explore/figure.json?p.x=time&p.y=value&p.colour=kind&p.draw="
        series = []
        for number in range(count + 1):
            if number:
                write(path, number)
                refresher.refresh()
            for address in ("/", f"{figure}lines", f"{figure}points"):
                answer = client.get(address)
                assert answer.status_code == 200
            assert answer.get_json()["rows"] == ROWS + number % 7
            if number % EVERY == 0:
                gc.collect()
                series.append({"refreshes": number, **state(Path(folder))})
            if number % (EVERY * 10) == 0:
                print(f"           {number} of {count} refreshes", file=sys.stderr, flush=True)
        print(json.dumps(series))


def write(path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = ROWS + seed % 7
    frame = pl.DataFrame(
        {
            "time": pl.Series(1_700_000_000_000 + np.arange(rows) * 1000).cast(pl.Datetime("ms")),
            "kind": rng.choice(["a", "b", "c"], rows),
            "value": np.round(rng.normal(size=rows), 3),
        }
    )
    frame.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S")


def state(folder: Path) -> dict[str, float]:
    lines = dict(line.split(":", 1) for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return {
        "memory_mb": round(int(lines["Pss"].split()[0]) / 1024, 1),
        "own_memory_mb": round(int(lines["Pss_Anon"].split()[0]) / 1024, 1),
        "disk_mb": round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6, 1),
        "open_files": len(os.listdir("/proc/self/fd")),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
