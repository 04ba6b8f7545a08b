"""A demonstration company: a real web shop's sales, and invented books around them."""
