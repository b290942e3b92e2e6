"""Components of our own: plain JavaScript and CSS beside the Python that speaks with them."""
