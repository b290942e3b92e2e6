"""Pictures that can be clicked."""
