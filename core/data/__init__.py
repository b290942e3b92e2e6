"""What goes into a network: drawings, images and where they come from. Knows nothing of networks."""
