"""What ICT takes in from other service desks and front offices."""
