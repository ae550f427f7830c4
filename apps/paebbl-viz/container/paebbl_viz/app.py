"""Puts the app together: `create_app()`."""

from __future__ import annotations

import mimetypes

from flask import Flask

from paebbl_viz import assets as static_files
from paebbl_viz import labels, logs, security
from paebbl_viz.cache import AnswerCache
from paebbl_viz.checks import Checks
from paebbl_viz.fast.lane import FastLane
from paebbl_viz.identity import signed_in_user
from paebbl_viz.library import Library
from paebbl_viz.refresher import Refresher
from paebbl_viz.responses import compress_pages
from paebbl_viz.routes import assets, download, errors, health, home, points, refresh, table, upload, views
from paebbl_viz.settings import Settings
from paebbl_viz.sources.configured import configured_sources, last_good_copies
from paebbl_viz.viewing.made import MadeFigures
from paebbl_viz.viewing.registry import Registry
from paebbl_viz.wiring import Services, attach

# Figures before they are reduced are large: they get so many times what answers get.
FIGURES_SHARE = 2


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask app; reads the environment unless `settings` are given.  Raises BadSetting for an unusable one."""
    settings = settings or Settings.from_env()
    logs.set_up(settings.log_level)
    # Slim images have no /etc/mime.types, and a script of the wrong type is refused by the browser.
    mimetypes.add_type("text/javascript", ".js")

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    library = Library(settings)
    library.prepare()
    lane = FastLane(app.wsgi_app, library)
    attach(
        app,
        Services(
            settings=settings,
            library=library,
            registry=Registry(settings.views_dir, reloads=settings.reloads),
            lane=lane,
            answers=AnswerCache(settings.cache_mb * 1_000_000),
            figures=MadeFigures(settings.cache_mb * FIGURES_SHARE * 1_000_000),
            refresher=Refresher(library, configured_sources(settings), last_good_copies(settings)),
            checks=Checks(library.versions.state / "checks"),
        ),
    )
    logs.log_requests(app)
    security.protect(app)
    compress_pages(app)
    for routes in (home, views, points, table, download, refresh, upload, health, assets):
        app.register_blueprint(routes.blueprint)
    errors.handle(app)
    app.wsgi_app = lane  # type: ignore[method-assign]

    app.jinja_env.globals.update(
        asset=static_files.url,
        label=labels.label,
        number=labels.number,
        moment=labels.moment,
        signed_in_user=signed_in_user,
    )
    return app
