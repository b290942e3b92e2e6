"""The playground without its pages: networks, data, inspection, training, figures."""
