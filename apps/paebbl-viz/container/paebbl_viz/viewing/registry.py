"""Finds the views: every file of the folder that does not start with an underscore is one."""

from __future__ import annotations

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from paebbl_viz.store.dataset import Dataset
from paebbl_viz.viewing.controls import Parameter, lacking_kind, parameters_of


@dataclass(frozen=True)
class View:
    """A page of the app.

    `needs` are columns without which it makes no sense; `broken` says in words why the file could not be loaded.
    """

    slug: str
    title: str
    description: str
    path: Path
    function: Callable[..., Any] | None = None
    parameters: tuple[Parameter, ...] = ()
    needs: tuple[str, ...] = ()
    order: int = 100
    gives: str = "polars"
    broken: str | None = None

    def lacks(self, data: Dataset) -> list[str]:
        """What the data would need for this view: columns by name, or a column of some kind."""
        named = [name for name in self.needs if name not in data.by_name]
        return named + [lack for item in self.parameters if (lack := lacking_kind(item, data))]


class Registry:
    """The views of a folder; with `reloads`, a file that changed is loaded again."""

    def __init__(self, folder: Path, *, reloads: bool) -> None:
        self.folder = folder
        self.reloads = reloads
        self._lock = Lock()
        self._loaded: dict[Path, tuple[int, View]] = {}
        self._scan()

    def all(self) -> list[View]:
        """All views: by their ORDER, then by title."""
        if self.reloads:
            self._scan()
        return sorted((view for _, view in self._loaded.values()), key=lambda view: (view.order, view.title.lower()))

    def get(self, slug: str) -> View | None:
        return next((view for view in self.all() if view.slug == slug), None)

    def stamp(self, slug: str) -> int:
        """Changes when the file of the view does."""
        return next((stamp for stamp, view in self._loaded.values() if view.slug == slug), 0)

    def _scan(self) -> None:
        with self._lock:
            found: dict[Path, tuple[int, View]] = {}
            for path in sorted(self.folder.glob("[!_]*.py")):
                stamp = path.stat().st_mtime_ns
                known = self._loaded.get(path)
                found[path] = known if known and known[0] == stamp else (stamp, load_view(path))
            self._loaded = found


def load_view(path: Path) -> View:
    """Loads one file; an error in it becomes `View.broken` and harms nothing else."""
    slug = path.stem.replace("_", "-")
    try:
        module = _load(path)
        function = _function(module, path)
        title, description = _words(function, module)
        return View(
            slug,
            title,
            description,
            path,
            function,
            parameters_of(function),
            tuple(getattr(module, "NEEDS", ())),
            int(getattr(module, "ORDER", 100)),
            _gives(function),
        )
    except Exception as error:  # noqa: BLE001 - whatever a data scientist's file raises belongs on its own page
        title = path.stem.replace("_", " ").capitalize()
        return View(slug, title, "", path, broken=explain(error, path))
    except SystemExit:
        return View(slug, path.stem.capitalize(), "", path, broken="The file ended the program while it was loaded.")


def _load(path: Path) -> ModuleType:
    name = f"paebbl_viz_view_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} cannot be loaded as Python")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    # Compiled here, because Python's cache of bytecode misses a second change within the same second.
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - the view is the app's own code
    return module


def _function(module: ModuleType, path: Path) -> Callable[..., Any]:
    own = [
        item
        for name, item in vars(module).items()
        if inspect.isfunction(item) and item.__module__ == module.__name__ and not name.startswith("_")
    ]
    named = [item for item in own if item.__name__ in (path.stem, "view")]
    if named or len(own) == 1:
        return (named or own)[0]
    if not own:
        raise TypeError("the file has no function: a view is a function that takes a frame and returns a figure")
    raise TypeError(f"the file has {len(own)} functions: call the view '{path.stem}' or start the others with '_'")


def _words(function: Callable[..., Any], module: ModuleType) -> tuple[str, str]:
    text = inspect.getdoc(function) or inspect.getdoc(module) or ""
    first, _, rest = text.partition("\n\n")
    title = " ".join(first.split()) or function.__name__.replace("_", " ").capitalize()
    if ". " in title and not rest:
        title, _, rest = title.partition(". ")
    return title.rstrip("."), " ".join(rest.split())


def _gives(function: Callable[..., Any]) -> str:
    """'pandas' where the first parameter asks for it, 'selection' for the app's own fast views, else 'polars'."""
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters:
        raise TypeError("the view must take the data as its first parameter")
    hint = str(parameters[0].annotation)
    if "pandas" in hint or "pd." in hint:
        return "pandas"
    return "selection" if "Selection" in hint else "polars"


def explain(error: BaseException, path: Path) -> str:
    """The error in one line, with the line of the view's own file where it happened."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    if isinstance(error, SyntaxError) and error.filename == str(path):
        lines = [error.lineno]
    where = f"{path.name}, line {lines[-1]}: " if lines else f"{path.name}: "
    message = str(error).strip() or "no message"
    return f"{where}{type(error).__name__}: {message}"[:2000]
