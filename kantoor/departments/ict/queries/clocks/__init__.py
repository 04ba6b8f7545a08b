"""What can be asked of service levels and clocks."""
