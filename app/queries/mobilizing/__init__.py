"""Queries for brigades, days of action, mobilizations and sign-ups."""
