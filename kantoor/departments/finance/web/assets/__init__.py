"""Fixed assets as pages."""
