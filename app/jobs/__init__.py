"""Background jobs, which commit by themselves."""
