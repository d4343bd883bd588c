"""Queries for people and organizations."""
