"""Pictures come into the library, and go."""
