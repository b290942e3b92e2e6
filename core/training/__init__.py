"""How a network learns. Knows nothing of pages or of where a run is kept."""
