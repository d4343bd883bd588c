"""Background jobs for articles and their import."""
