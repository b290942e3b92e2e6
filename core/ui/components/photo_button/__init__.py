"""A file button that opens the camera of a phone."""
