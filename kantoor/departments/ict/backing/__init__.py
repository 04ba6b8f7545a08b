"""How backup programs are called: commands, passwords and sandboxes, without the database."""
