"""Keep canned texts, and answer with them."""
