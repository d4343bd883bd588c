"""What every process does first: it reads its settings, checks them, and keeps its files from other users."""

import os
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

from app import setting_checks
from app.config import Config, SettingError
from app.private_files import PRIVATE_UMASK, make_private


def settings_of_process(*, new_keys: bool = True, rotating: bool = False) -> Config:
    """Return the settings of this process, checked; files that it creates can be read by nobody else.

    VAR_DIR and the database are closed to other users, and a sentence says so if they were not. With `new_keys` off, no
    key is generated, and none need exist. Only while keys are rotated may FIELD_KEY name several. Raises SettingError.
    """
    os.umask(PRIVATE_UMASK)
    given = {name: value for name, value in os.environ.items() if value}
    try:
        settings = Config.from_env(given, new_keys=new_keys)
        if not rotating:
            setting_checks.check_one_field_key(settings)
        if new_keys or settings.secret_key:
            setting_checks.check(settings, given)
        else:
            setting_checks.check_all_but_key(settings, given)
        mended = make_private(settings.var_dir, *_database_files(settings))
    except OSError as error:
        raise SettingError(
            f"VAR_DIR cannot be used: {error.filename or given.get('VAR_DIR')}: {error.strerror}."
        ) from error
    if mended:
        sys.stderr.write(
            f"encuentro: other users of this machine could read or change {mended} of the files and folders in "
            f"{settings.var_dir}. Now only the user who runs Encuentro can.\n"
        )
    return settings


def _database_files(settings: Config) -> list[Path]:
    if not settings.embedded:
        return []
    path = make_url(settings.database_url).database or ""
    return [Path(f"{path}{part}") for part in ("", "-wal", "-shm")]
