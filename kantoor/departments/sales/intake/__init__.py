"""What sales makes of the front office's documents; importing these modules registers them."""
