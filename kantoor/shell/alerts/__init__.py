"""Where watching programs report alerts."""
