import plotly.express as px
import polars as pl
from plotly.graph_objects import Figure

NEEDS = ("energy_kwh_per_t", "co2_uptake_kg_per_t", "feedstock", "particle_size_um", "batch")
ORDER = 13


def energy_and_uptake(frame: pl.DataFrame, colour_by_particle_size: bool = False) -> Figure:
    """Energy and uptake

    What a run cost and what it bound: up and to the left is better.
    """
    runs = frame.drop_nulls().sort("feedstock")
    colour = "particle_size_um" if colour_by_particle_size else "feedstock"
    figure = px.scatter(
        runs, x="energy_kwh_per_t", y="co2_uptake_kg_per_t", color=colour, hover_data=["batch"], render_mode="svg"
    )
    return figure.update_traces(marker={"size": 5, "opacity": 0.6})
