"""What every page shows around its own content: the views to go to, the source of the data, the filters."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from paebbl_viz import labels
from paebbl_viz.filters import Selection
from paebbl_viz.library import Shown
from paebbl_viz.store.columns import Column
from paebbl_viz.wiring import services

# Tables of hundreds of columns show this many filters at first; any other can be added.
FIRST_FILTERS = 6
DROPPED = ("add", "page")


@dataclass(frozen=True)
class Chip:
    """An active filter, with the address of the page without it."""

    words: str
    without: str


def render(template: str, shown: Shown, selection: Selection | None = None, **more: Any) -> str:
    """Renders a page with its frame."""
    data = shown.data
    registry = services().registry
    every_view = registry.all()
    return render_template(
        template,
        title=services().settings.title,
        remote=any(source.kind not in ("bundled", "file") for source in services().refresher.sources),
        uploads=bool(services().settings.upload_bucket),
        shown=shown,
        data=data,
        source=source_line(shown),
        views=[view for view in every_view if not view.lacks(data)],
        other_views=[view for view in every_view if view.lacks(data)],
        filter_query=urlencode(selection.query() if selection else _previewed(shown)),
        selection=selection,
        chips=_chips(selection) if selection else [],
        filter_columns=_filter_columns(selection) if selection else [],
        more_columns=_more_columns(selection) if selection else [],
        carried=[(key, value) for key, value in request.args.items(multi=True) if key in ("sort", "version")],
        **more,
    )


def _previewed(shown: Shown) -> list[tuple[str, str]]:
    """Whoever looks at a version before it is published stays with it on every page."""
    return [("version", shown.data.id)] if shown.preview else []


def source_line(shown: Shown) -> dict[str, str]:
    origin, data = shown.data.origin, shown.data
    return {
        "label": origin.label,
        "name": origin.name,
        "version": data.sha256[:8],
        "sha256": data.sha256,
        "rows": f"{data.rows:,}",
        "modified": labels.moment(origin.modified * 1000),
        "age": labels.age(time.time() - origin.modified),
        "checked": labels.age(time.time() - shown.current.checked_at),
        "problem": shown.current.problem or "",
        "problem_since": labels.age(time.time() - (shown.current.problem_since or time.time())),
    }


def _chips(selection: Selection) -> list[Chip]:
    args = list(request.args.items(multi=True))
    chips = []
    for item in selection.filters:
        rest = [pair for pair in args if pair not in item.query and pair[0] not in DROPPED and pair[1]]
        chips.append(Chip(item.words(), "?" + urlencode(rest)))
    return chips


def _filter_columns(selection: Selection) -> list[dict[str, Any]]:
    """The active filters, the one that was asked for, and the first few columns."""
    data = selection.data
    active = {item.column.name: item for item in selection.filters}
    wanted = [*active, *request.args.getlist("add")]
    usual = [column.name for column in data.columns if column.filterable]
    # Categories are what people filter by; a date comes next, numbers last.
    usual.sort(key=lambda name: ("category", "bool", "time", "number").index(data.by_name[name].kind))
    names = [name for name in dict.fromkeys([*wanted, *usual[:FIRST_FILTERS]]) if name in usual]
    names.sort(key=list(data.by_name).index)
    return [_filter(data.by_name[name], request.args) for name in names]


def _filter(column: Column, args: MultiDict[str, str]) -> dict[str, Any]:
    chosen = args.getlist(f"in.{column.name}")
    return {
        "column": column,
        "label": labels.label(column.name),
        "chosen": chosen,
        "low": args.get(f"min.{column.name}", ""),
        "high": args.get(f"max.{column.name}", ""),
        "range": labels.value_range(column),
        "low_hint": _hint(column, column.minimum),
        "high_hint": _hint(column, column.maximum),
    }


def _hint(column: Column, value: float | None) -> str:
    if value is None or column.kind not in ("number", "time"):
        return ""
    return labels.moment(value, date_only=True) if column.kind == "time" else labels.number(value).replace(",", "")


def _more_columns(selection: Selection) -> list[tuple[str, str]]:
    there = {item["column"].name for item in _filter_columns(selection)}
    rest = [column.name for column in selection.data.columns if column.filterable and column.name not in there]
    return [(name, labels.label(name)) for name in rest]
