"""A convolution that runs in the browser, cell by cell."""
