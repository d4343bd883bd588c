"""Emails about brigades."""
