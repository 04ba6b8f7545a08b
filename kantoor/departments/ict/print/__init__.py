"""Papers of ICT: handover sheets and labels."""
