"""Pictures with their rights, and the sizes they are shown in."""
