"""What can be seen of vacancies, candidates and certificates."""
