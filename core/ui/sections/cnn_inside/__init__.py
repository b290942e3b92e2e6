"""The sections of the page "Inside the CNN", one module each: `show(drawing)` draws it."""
