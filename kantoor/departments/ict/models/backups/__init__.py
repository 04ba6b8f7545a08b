"""What must be backed up, the runs of it, and what was proved of them."""
