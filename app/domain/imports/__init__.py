"""Imports: files of people that are read into a stage, checked, written, and undone."""
