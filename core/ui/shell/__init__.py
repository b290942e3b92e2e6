"""What stands around every page: start, frame, cookie, compression. Nothing imports it."""
