"""Changes of data. One function does one thing. Functions flush and never commit; views, commands and tasks commit."""
