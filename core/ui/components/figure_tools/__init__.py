"""The buttons of a Plotly figure, and what is clicked or drawn in it."""
