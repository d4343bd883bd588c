"""Background work on people and organizations."""
