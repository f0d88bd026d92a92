"""Frames in, Altair charts out. No Streamlit, no queries."""
