"""What can be asked of the service desk."""
