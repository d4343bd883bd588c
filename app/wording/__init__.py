"""The texts that users see: labels, dates and times, and changes."""
