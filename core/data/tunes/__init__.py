"""Folk tunes in ABC notation: the collection that networks learn from, and a parser that counts the beats of a bar."""
