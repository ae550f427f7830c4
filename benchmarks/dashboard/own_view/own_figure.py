import plotly.express as px

NEEDS = ("time", "temperature", "kind")


def own_figure(frame):
    """A data scientist's own figure."""
    return px.scatter(frame, x="time", y="temperature", color="kind")
