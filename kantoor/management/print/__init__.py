"""Management on paper."""
