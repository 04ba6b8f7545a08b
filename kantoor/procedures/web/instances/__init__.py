"""Pages of procedures: instances."""
