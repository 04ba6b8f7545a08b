"""Pages of ICT: devices."""
