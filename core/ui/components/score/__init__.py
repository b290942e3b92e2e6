"""A tune in ABC notation, drawn as a score and played."""
