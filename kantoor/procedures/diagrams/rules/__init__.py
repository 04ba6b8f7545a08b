"""What of a diagram can't run: a module for each subject, each a list of rules with stable codes."""
