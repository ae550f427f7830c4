"""What gunicorn serves: `gunicorn paebbl_viz.wsgi:app`."""

from paebbl_viz import metrics
from paebbl_viz.app import create_app
from paebbl_viz.wiring import KEY

app = create_app()
# Here and not in create_app: a test or a script that makes an app should not start fetching, nor counting.
app.extensions[KEY].refresher.start()
metrics.REQUESTS.start()
