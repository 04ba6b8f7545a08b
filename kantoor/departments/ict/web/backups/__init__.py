"""Pages of ICT: backups."""
