"""One message to many: prepared once, made personal for each, handed in exactly once."""
