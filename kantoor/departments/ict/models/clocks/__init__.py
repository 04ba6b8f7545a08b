"""Service levels: what was agreed, and how the time of each case runs."""
