"""The sections of the page Metrics."""
