"""What can be asked of ICT."""
