"""Write articles, publish and withdraw them, and say that one helped."""
