"""A recurrent network that reads a sentence in the browser, word by word."""
