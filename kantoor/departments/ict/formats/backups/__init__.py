"""What backup programs say of their work."""
