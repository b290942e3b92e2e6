"""The page "Class": a room, its wall, its votes, and what is trained there."""
