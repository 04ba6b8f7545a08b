"""What people worked on, what customers pay for it, and what it costs."""
