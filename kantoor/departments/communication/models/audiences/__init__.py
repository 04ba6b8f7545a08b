"""Audiences: whom something is for, asked anew each time."""
