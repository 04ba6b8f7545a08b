"""What the front office hands over: read, checked and stored before anything is made of it."""
