"""Changes to deliveries."""
