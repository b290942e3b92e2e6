"""Small pieces of JavaScript that run in the browser (Streamlit's Components v2)."""
