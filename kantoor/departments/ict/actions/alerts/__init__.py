"""What watching programs report."""
