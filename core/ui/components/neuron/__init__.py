"""One neuron by hand, in the browser."""
