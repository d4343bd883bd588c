"""Background jobs for deliveries."""
