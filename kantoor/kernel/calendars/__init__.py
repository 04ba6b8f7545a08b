"""Business calendars: when a company works, and how much of its time passes between two instants."""
