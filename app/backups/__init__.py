"""Backups: one encrypted file with the database, the keys and the attached files of a house, and what becomes of it again."""
