"""The shed's books and the door to them."""
