"""ICT: the call centre, the devices, the servers and the backups."""
