"""Reading mail that may be anything: every step is bounded, and nothing in it raises an error."""
