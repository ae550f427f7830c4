"""The same chart as a Streamlit page, the table cached as its documentation advises."""

import os

import pandas as pd
import plotly.graph_objects as go
import streamlit as st


@st.cache_data
def load() -> pd.DataFrame:
    return pd.read_csv(os.environ["BENCH_FILE"], parse_dates=["time"])


frame = load()
region = st.selectbox("region", sorted(frame.region.unique()), index=2)
chosen = frame[frame.region == region]
made = go.Figure()
for column in ("temperature", "pressure"):
    for kind, part in chosen.groupby("kind"):
        made.add_trace(go.Scattergl(x=part.time, y=part[column], name=f"{kind} {column}", mode="lines"))
st.plotly_chart(made)
