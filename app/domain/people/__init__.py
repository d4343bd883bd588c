"""Changes to people and organizations."""
