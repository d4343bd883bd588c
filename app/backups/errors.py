"""What stops a backup or a restore."""


class BackupError(Exception):
    """A backup was not made or not restored; the message is a sentence that says why."""
