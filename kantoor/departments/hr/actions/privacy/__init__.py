"""What can be done about retention and legal holds."""
