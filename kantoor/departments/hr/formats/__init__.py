"""What HR reads and writes in formats of others, as pure functions."""
