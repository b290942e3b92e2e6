"""Words with what readers take them for, to choose one of."""
