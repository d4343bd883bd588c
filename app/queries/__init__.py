"""What asks: each function reads and changes nothing."""
