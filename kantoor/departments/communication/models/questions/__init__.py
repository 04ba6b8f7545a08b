"""Questions and mentions, with what was done about them."""
