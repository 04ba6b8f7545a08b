"""What can be done about vacancies, candidates and certificates."""
