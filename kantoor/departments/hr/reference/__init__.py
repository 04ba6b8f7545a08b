"""What the law and official tables say, as data with their sources."""
