"""Arrays to pictures and chart descriptions. Knows no network and no Streamlit."""
