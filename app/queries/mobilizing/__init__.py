"""Queries for brigades, days of action, mobilizations, statements and sign-ups."""
