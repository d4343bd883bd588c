"""Queries: functions that read and change nothing."""
