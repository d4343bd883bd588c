"""Changes to brigades."""
