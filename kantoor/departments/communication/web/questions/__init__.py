"""Pages of questions and mentions."""
