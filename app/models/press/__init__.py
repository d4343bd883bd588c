"""Tables for articles and their import."""
