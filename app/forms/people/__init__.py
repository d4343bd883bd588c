"""Forms of people and organizations."""
