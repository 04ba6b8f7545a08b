"""What the desk knows: articles and known errors."""
