"""How figures look: colours that colour-blind people tell apart, and nothing that the page's own theme decides.

Text and grid colours are set in the browser (static/theme.js), because only it knows about light, dark and print.
"""

from __future__ import annotations

from functools import cache

# Paul Tol's 'bright' scheme: safe for all common kinds of colour blindness, legible on white and on dark.
COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB")
# From blue over grey to amber: brightness rises evenly, also in grey and for colour-blind people, and both ends are
# visible on white and on dark (Cividis and Viridis start too dark for the latter).
SCALE = ("#35609f", "#4f6c9d", "#667898", "#7b8590", "#929186", "#aa9e7b", "#c2ab6b", "#dabb57", "#f0d13d")
SCALE_STEPS = [[step / 8, colour] for step, colour in enumerate(SCALE)]
NAME = "paebbl"


@cache
def use() -> None:
    """Makes the theme the default of Plotly, once in a process."""
    import plotly.graph_objects as go
    import plotly.io as pio

    pio.templates[NAME] = go.layout.Template(
        layout={
            "colorway": list(COLOURS),
            "colorscale": {"sequential": SCALE_STEPS, "sequentialminus": SCALE_STEPS},
            "coloraxis": {"colorscale": SCALE_STEPS},
        }
    )
    pio.templates.default = NAME
