"""What the console script is made of: commands, and how they answer people and programs."""
