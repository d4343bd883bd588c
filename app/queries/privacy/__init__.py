"""Queries for the privacy of people."""
