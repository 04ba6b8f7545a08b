"""The pages of what must be read."""
