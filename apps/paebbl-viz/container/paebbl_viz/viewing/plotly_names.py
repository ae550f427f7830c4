"""Plotly takes a name such as 'marker.color' apart anew whenever a figure uses it, a third of the time of a small one.

The result depends on nothing but the name, so here it is remembered.
"""

from __future__ import annotations

from functools import cache, lru_cache

PARSER = "_str_to_dict_path_full"
MOST_NAMES = 10_000


@cache
def remember() -> None:
    """Once in a process; changes nothing with a version of Plotly that has no such function."""
    from plotly import basedatatypes

    parse = getattr(basedatatypes, PARSER, None)
    if parse is not None:
        setattr(basedatatypes, PARSER, lru_cache(MOST_NAMES)(parse))
