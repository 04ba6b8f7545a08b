"""What can be done with employees, their contracts and the organisation."""
