"""The page "Teach it your own": symbols, their drawings, and a network that learns them."""
