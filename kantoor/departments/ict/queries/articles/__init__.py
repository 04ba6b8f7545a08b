"""Articles as they are read, searched and suggested."""
