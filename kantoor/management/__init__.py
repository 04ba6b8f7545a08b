"""Management: what the company aims at, whether it gets there, and who is told."""
