"""How a network reads a number: CTC column by column, beam search, and the naive way of cutting."""
