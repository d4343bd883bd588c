"""Queries about how long data is kept."""
