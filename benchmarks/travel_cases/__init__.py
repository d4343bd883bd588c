"""Cases of the travel benchmark."""
