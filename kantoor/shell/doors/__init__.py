"""The doors for machines, as departments opened them."""
