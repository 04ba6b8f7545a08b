"""A company with an HR department, for its tests."""
