"""Images: data sets, drawings, photographs, and what is made of them."""
