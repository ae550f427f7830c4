"""Says whether a CSV file can be shown: `python -m paebbl_viz.check FILE`.

Exit code 0: yes, and a line on standard output says what was understood.  Exit code 2: no, and one sentence on
standard error says what is wrong and what to do.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from paebbl_viz.errors import BadData, BadSetting
from paebbl_viz.reader.ingest import Limits, ingest
from paebbl_viz.settings import Settings

USAGE = "usage: python -m paebbl_viz.check FILE\n"


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        sys.stdout.write(f"{__doc__}\n{USAGE}")
        return 0
    if len(arguments) != 1:
        sys.stderr.write(USAGE)
        return 2
    path = Path(arguments[0])
    try:
        settings = Settings.from_env()
        with tempfile.TemporaryDirectory() as folder:
            found = ingest(
                path,
                Path(folder),
                limits=Limits(bytes=settings.max_file_mb * 1_000_000, columns=settings.max_columns),
            )
    except (BadData, BadSetting) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(
        f"{path.name}: {found.rows:,} rows, {len(found.columns):,} columns, separated by {found.delimiter}\n"
    )
    for note in found.notes:
        sys.stdout.write(f"note: {note}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
