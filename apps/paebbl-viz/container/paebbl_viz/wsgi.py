"""What gunicorn serves: `gunicorn paebbl_viz.wsgi:app`."""

from paebbl_viz.app import create_app
from paebbl_viz.wiring import KEY

app = create_app()
# Here and not in create_app: a test or a script that makes an app should not start fetching.
app.extensions[KEY].refresher.start()
