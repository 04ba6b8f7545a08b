"""Which years are closed, and what is to be done before one can be."""
