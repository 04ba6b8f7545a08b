"""Mail that comes in for communication."""
