"""Controls and pictures that several pages share."""
