"""Audiences as they are answered: who is in them, who is reached, and who wants no mail."""
