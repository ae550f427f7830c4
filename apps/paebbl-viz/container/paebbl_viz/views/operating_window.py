import numpy as np
import plotly.graph_objects as go
import polars as pl

from paebbl_viz.viewing.theme import SCALE_STEPS

NEEDS = ("temperature_c", "pressure_bar", "conversion_pct")
ORDER = 12


def operating_window(frame: pl.DataFrame, steps: int = 14, fewest_runs: int = 3) -> go.Figure:
    """Operating window

    The mean conversion for each combination of temperature and pressure; empty where there were fewer runs than asked.
    """
    runs = frame.drop_nulls()
    temperature, pressure, conversion = (runs[name].to_numpy() for name in NEEDS)
    steps = min(60, max(2, steps))
    counts, along, up = np.histogram2d(temperature, pressure, bins=steps)
    sums, _, _ = np.histogram2d(temperature, pressure, bins=(along, up), weights=conversion)
    with np.errstate(invalid="ignore"):
        mean = np.where(counts >= max(1, fewest_runs), sums / counts, np.nan)
    figure = go.Figure(
        go.Heatmap(
            x=(along[:-1] + along[1:]) / 2,
            y=(up[:-1] + up[1:]) / 2,
            z=mean.T,
            customdata=counts.T,
            colorbar={"title": {"text": "Conversion (%)"}},
            colorscale=SCALE_STEPS,
            hovertemplate="Temperature: %{x:.0f} °C<br>Pressure: %{y:.0f} bar<br>Conversion: %{z:.1f} %<br>"
            "Runs: %{customdata}<extra></extra>",
        )
    )
    return figure.update_layout(xaxis_title="temperature_c", yaxis_title="pressure_bar")
