"""Emails through a mail server that fails on purpose, while processes are killed."""
