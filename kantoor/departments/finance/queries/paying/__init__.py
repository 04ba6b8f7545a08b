"""What is to be paid and collected, from which accounts, and what was."""
