"""A network that learns from points in the browser, and one neuron by itself."""
