"""What networks that translate write, where they look meanwhile, and how good it is."""
