"""Getting paid, as pages."""
