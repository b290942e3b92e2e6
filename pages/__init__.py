"""One direct script per page, thin: title, one sentence, input, one call into core, figures."""
