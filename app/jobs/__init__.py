"""Work that runs in the background and commits on its own."""
