"""A house is backed up and restored into an empty place with the commands, and is there again in the browser."""

import os
import subprocess
import sys

from app import create_app
from app.config import ROOT
from tests.browser.conftest import follow, sees, sign_in
from tests.browser.serving import Site
from tests.databases import FIELD_KEY

NUMBER = "+593 99 123 4567"
KEYS = {"secret-key": "a key of the house that is long enough", "field-key": FIELD_KEY}


def encuentro(var_dir, backup_dir, *arguments):
    """Run the command as an operator does, with the keys that are in the folder of the house."""
    env = {
        "PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), "BACKUP_DIR": str(backup_dir),
        "BACKUP_PASSPHRASE": "six random words that nobody guesses",
    }  # fmt: skip
    command = [sys.executable, "-m", "app.commands", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_restored_house_is_signed_in_to_and_has_its_people_with_what_is_sealed(site, open_page, tmp_path_factory):
    full, stored, empty = (
        site.app.config["SETTINGS"].var_dir,
        tmp_path_factory.mktemp("stored"),
        tmp_path_factory.mktemp("empty"),
    )
    with site.open() as make:
        make.person("Rosa", "Luz", congress=make.congress("Congress for Peace"), phone=NUMBER, is_at_risk=True)
    for name, key in KEYS.items():
        (full / name).write_text(key)
    encuentro(full, stored, "backup")
    [file] = [path for path in stored.iterdir() if path.suffix == ".age"]
    encuentro(empty, stored, "restore", file)
    keys = {name.replace("-", "_"): (empty / name).read_text().strip() for name in KEYS}
    with Site(empty, make=create_app, **keys) as restored:
        browser = open_page(restored)
        sign_in(browser, "alice@example.org")
        browser.goto("/people")
        follow(browser, "Rosa Luz")
        sees(browser, NUMBER)
        sees(browser, "Congress for Peace")
