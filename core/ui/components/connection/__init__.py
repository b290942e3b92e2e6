"""What the page says when its server does not answer."""
