"""The catalogue of service requests: what can be asked, and what was asked of it."""
