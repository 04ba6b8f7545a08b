"""What is done with audiences, mailing lists, consent and who wants no mail."""
