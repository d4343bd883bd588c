"""Jobs of deliveries."""
