"""What procedures make of the front office's documents; importing these modules registers them."""
