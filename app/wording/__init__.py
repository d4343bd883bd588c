"""The words that people are shown: labels, days and hours, changes."""
