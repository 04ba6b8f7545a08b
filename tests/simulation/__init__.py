"""A seeded simulation: thousands of mixed actions against a second, independent model."""
