"""Background work about how long data is kept."""
