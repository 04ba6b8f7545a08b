"""What people hand in at the console that is wrong: refused in clear words, nothing half done."""
