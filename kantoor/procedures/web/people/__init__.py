"""Pages of procedures: who stands in, teams, and where one was named."""
