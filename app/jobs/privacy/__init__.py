"""Background work for the privacy of people."""
