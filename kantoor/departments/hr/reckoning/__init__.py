"""Pure reckoning of pay: no database, no clock, integers and fractions alone."""
