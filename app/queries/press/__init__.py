"""Queries of articles and of how they are imported."""
