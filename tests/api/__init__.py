"""The API as a whole: what its document promises, it keeps, whatever is sent."""
