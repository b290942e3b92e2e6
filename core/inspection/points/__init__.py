"""What happens in small networks that learn truth tables: over many seeds, and on the loss landscape."""
