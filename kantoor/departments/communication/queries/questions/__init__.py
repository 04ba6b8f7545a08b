"""Questions and mentions as they are looked at."""
