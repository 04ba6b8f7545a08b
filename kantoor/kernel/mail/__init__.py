"""Mail: read without trusting it, kept before anything is done with it, and sent at most once."""
