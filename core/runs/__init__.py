"""Where training happens and what is kept of it. Knows nothing of pages, nor of what is learnt."""
