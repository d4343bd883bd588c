"""Changes of articles and how they come in."""
