"""Figures of what is finished or explored, for Plotly: to turn, to zoom, to read exactly, to keep."""
