"""Emails about sign-ups and statements."""
