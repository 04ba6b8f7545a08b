"""What can be done with the catalogue: arrange it, ask from it, decide, tick off tasks."""
