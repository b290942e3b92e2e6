"""Shows the sentence of a word of the glossary on hover, focus and tap."""
