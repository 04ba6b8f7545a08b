"""Write items, agree to them, publish, correct and withdraw them."""
