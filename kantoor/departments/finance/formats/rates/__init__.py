"""Files of rates of exchange."""
