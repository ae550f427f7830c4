"""The dashboard: `app.py` answers requests, `chart.py` is where your own work goes."""
