"""Pages of canned texts."""
