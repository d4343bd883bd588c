"""Tables of people and organizations."""
