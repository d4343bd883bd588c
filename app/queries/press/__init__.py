"""Queries for articles and their import."""
