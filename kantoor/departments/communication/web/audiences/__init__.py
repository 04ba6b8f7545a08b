"""Audiences, mailing lists and who wants no mail as pages; and the pages of whoever gets mail."""
