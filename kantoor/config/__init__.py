"""Settings and routes of the installation."""
