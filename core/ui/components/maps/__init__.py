"""Maps of layers, painted in the browser: one component."""
