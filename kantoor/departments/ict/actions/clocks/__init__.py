"""What can be done with service levels, and how clocks are kept."""
