"""Items as they are found, read and planned."""
