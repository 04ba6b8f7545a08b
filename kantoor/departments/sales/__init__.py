"""Sales: the front office's counter. What comes in, and what the front office may ask."""
