"""The buttons of a Plotly figure, and what is clicked or brushed in it."""
