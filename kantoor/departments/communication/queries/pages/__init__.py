"""What is published, as its readers find it."""
