"""Looks: who looked at what only few may see, such as pay and sick notes, is itself kept."""
