"""Tables about how long data is kept."""
