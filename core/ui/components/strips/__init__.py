"""Pictures that share one axis of words, in the browser."""
