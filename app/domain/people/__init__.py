"""Changes of people and organizations."""
