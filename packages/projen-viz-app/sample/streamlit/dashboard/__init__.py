"""The dashboard: `app.py` is the page, `chart.py` is where your own work goes."""
