"""How long personal data is kept, what holds it, and what is proposed to go."""
