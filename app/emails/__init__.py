"""Emails: each composed by a pure function from current rows, right before it is sent. None is stored."""
