"""The page, from top to bottom. Sign-in happens in front of it: there is nothing to do for it here."""

import sys
from pathlib import Path

import streamlit as st

# Streamlit runs this file as a script: what lies beside it is found from the folder above.
sys.path.insert(0, str(Path(__file__).parent.parent))

from dashboard.chart import figure, load

st.set_page_config(page_title="Conversion by feedstock", layout="wide")

data = st.cache_data(load)()

st.title("Conversion by feedstock")
feedstocks = sorted(data["feedstock"].unique())
chosen = st.multiselect("Feedstocks", feedstocks, default=feedstocks)
st.plotly_chart(figure(data[data["feedstock"].isin(chosen)]))
st.caption(f"{len(data)} measurements. The data are made up.")
st.link_button("Sign out", "/logout")
