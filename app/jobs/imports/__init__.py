"""Background work on imports."""
