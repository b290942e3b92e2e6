"""One entry in the browser's history for every page, not for every setting."""
