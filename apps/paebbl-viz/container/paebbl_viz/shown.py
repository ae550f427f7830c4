"""The data that a request is about: those that everybody sees, or, for who may publish, a version to look at before."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import request

from paebbl_viz.errors import BadRequest
from paebbl_viz.library import Shown
from paebbl_viz.publishers import publisher
from paebbl_viz.store.dataset import Origin
from paebbl_viz.wiring import services

VERSION = re.compile(r"[0-9a-f]{16}-\d+")


def shown_data() -> Shown:
    """Raises NoData when there are none; NotSignedIn or NotAllowed for a preview by somebody else."""
    library = services().library
    version = request.args.get("version", "")
    if not version:
        return library.current()
    publisher(services().settings)
    if not VERSION.fullmatch(version) or not library.versions.has(version):
        raise BadRequest("This preview is no longer there: upload the file again.")
    origin = Origin("upload", "Preview, not published", "upload", library.versions.modified(version))
    return Shown(library.versions.open(version, origin), replace(library.current().current, problem=None), preview=True)
