"""What must be read: who was asked, what was done to reach them, and who said that they read it."""
