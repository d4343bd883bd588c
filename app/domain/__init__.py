"""Changes to data. Functions flush and never commit; views, commands and tasks commit."""
