"""Pages of ICT: cases."""
