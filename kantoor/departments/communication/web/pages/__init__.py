"""The intranet, feeds, the press page, screens and invitations."""
