"""Changes of deliveries."""
