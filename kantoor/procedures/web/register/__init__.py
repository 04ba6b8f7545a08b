"""Pages of procedures: procedures and their versions."""
