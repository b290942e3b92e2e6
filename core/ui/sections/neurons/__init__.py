"""The sections of the page "Neurons"."""
