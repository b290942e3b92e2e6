"""What lies on the sheet, kept by the browser for a server that has forgotten it."""
