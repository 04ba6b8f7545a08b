"""What can be asked of employees, their contracts and the organisation."""
