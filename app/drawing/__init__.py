"""SVG images drawn on the server: an engine that uses neither tables nor pages."""
