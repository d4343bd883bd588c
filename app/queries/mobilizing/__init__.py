"""Queries for brigades."""
