"""Emails to people."""
