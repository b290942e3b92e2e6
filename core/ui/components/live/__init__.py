"""The network at work in the browser while the pen is down."""
