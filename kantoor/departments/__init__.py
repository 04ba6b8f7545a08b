"""The departments of the company, each a package of its own."""
