"""What can be asked of the catalogue and its requests."""
