"""What can be done in ICT."""
