"""What a crash may not do: processes killed at random moments, then proved."""
