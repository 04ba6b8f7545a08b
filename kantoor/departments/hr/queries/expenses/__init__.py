"""What can be seen of expenses."""
