"""Components written for this app: Python, plain JavaScript and CSS, one folder each."""
