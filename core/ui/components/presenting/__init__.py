"""What a teacher needs at the front of a class: projector size, the whole screen, light or dark."""
