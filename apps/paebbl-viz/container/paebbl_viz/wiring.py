"""What the routes share, typed: `services()` instead of strings in `app.config`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from paebbl_viz.cache import AnswerCache
from paebbl_viz.checks import Checks
from paebbl_viz.fast.lane import FastLane
from paebbl_viz.library import Library
from paebbl_viz.refresher import Refresher
from paebbl_viz.settings import Settings
from paebbl_viz.viewing.made import MadeFigures
from paebbl_viz.viewing.registry import Registry

KEY = "paebbl_viz"


@dataclass(frozen=True)
class Services:
    settings: Settings
    library: Library
    registry: Registry
    answers: AnswerCache
    figures: MadeFigures
    lane: FastLane
    refresher: Refresher
    checks: Checks


def attach(app: Flask, made: Services) -> None:
    app.extensions[KEY] = made


def services() -> Services:
    return cast(Services, current_app.extensions[KEY])
