"""What French knows: word lists, and the shapes composed from them."""
