"""Background work that commits by itself."""
