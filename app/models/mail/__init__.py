"""Tables for deliveries."""
