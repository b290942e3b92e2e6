"""A class in one room: who is in it, what they draw, vote and train. Knows no Streamlit."""
