"""Several companies as pages: what affiliates booked, and the figures of groups."""
