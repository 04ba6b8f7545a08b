"""Who was asked to read what, and who did."""
