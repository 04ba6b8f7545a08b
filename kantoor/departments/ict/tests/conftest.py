"""A company with an ICT department, for its tests."""
