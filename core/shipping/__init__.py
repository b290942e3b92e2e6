"""The networks we ship: how each is trained, scored and written."""
