"""The only part that knows Streamlit: the frame, the canvas, controls, and what outlives a page."""
