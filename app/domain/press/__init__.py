"""Changes of articles and of how they are imported."""
