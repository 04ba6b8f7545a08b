"""The service desk: cases, what happened to them, services and queues."""
