"""Changes to articles and their import."""
