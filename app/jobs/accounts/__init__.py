"""Background work on the house itself."""
