"""Forms about the privacy of people."""
