"""Tables for people and organizations."""
