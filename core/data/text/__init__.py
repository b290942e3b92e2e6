"""Text: sentences, words and letters as numbers."""
