"""Where training happens, and what is kept of it. Knows neither pages nor tasks."""
