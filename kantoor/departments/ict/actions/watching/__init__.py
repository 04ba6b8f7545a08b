"""What is found wrong by machines, and the incidents it is part of."""
