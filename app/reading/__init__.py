"""Extracts articles from pages, feeds, emails and pasted text. Independent of the database and the web framework."""
