"""Tables of articles and how they come in."""
