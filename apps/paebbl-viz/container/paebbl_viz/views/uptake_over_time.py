import plotly.graph_objects as go
import polars as pl

NEEDS = ("started_at", "co2_uptake_kg_per_t", "feedstock")
ORDER = 10


def uptake_over_time(frame: pl.DataFrame, days: int = 14, show_runs: bool = True) -> go.Figure:
    """CO₂ uptake over time

    Each dot is a run; the line is the mean over the given number of days, for each feedstock.
    """
    figure = go.Figure()
    runs = frame.drop_nulls().sort("started_at")
    palette = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377")
    for place, feedstock in enumerate(runs["feedstock"].cast(pl.String).unique().sort()):
        of_feedstock = runs.filter(pl.col("feedstock").cast(pl.String) == feedstock)
        colour = palette[place % len(palette)]
        if show_runs:
            figure.add_scatter(
                x=of_feedstock["started_at"].to_numpy(),
                y=of_feedstock["co2_uptake_kg_per_t"].to_numpy(),
                mode="markers",
                marker={"size": 4, "opacity": 0.35, "color": colour},
                legendgroup=feedstock,
                showlegend=False,
                name=feedstock,
            )
        mean = of_feedstock.group_by_dynamic("started_at", every=f"{max(1, days)}d").agg(
            pl.col("co2_uptake_kg_per_t").mean()
        )
        figure.add_scatter(
            x=mean["started_at"].to_numpy(),
            y=mean["co2_uptake_kg_per_t"].to_numpy(),
            mode="lines",
            line={"width": 2.5, "color": colour},
            legendgroup=feedstock,
            name=feedstock,
        )
    return figure.update_layout(
        xaxis_title="started_at", yaxis_title="co2_uptake_kg_per_t", yaxis_rangemode="tozero", legend_title="feedstock"
    )
