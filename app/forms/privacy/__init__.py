"""Forms about how long data is kept."""
