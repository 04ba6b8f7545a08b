"""Importing another administration: what it would do, before anything is done."""
