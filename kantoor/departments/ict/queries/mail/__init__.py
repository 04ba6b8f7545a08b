"""What can be asked about the mail of the service desk."""
