"""Questions of deliveries."""
