"""How servers are asked: pure questions and answers over the network, without the database."""
