"""The API: every action a POST, every exposed query a GET, assembled from their declarations."""
