"""Pages of HR: leave."""
