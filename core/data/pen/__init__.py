"""Characters as the movement of a pen: where they come from, how they are drawn, and as what a network reads them."""
