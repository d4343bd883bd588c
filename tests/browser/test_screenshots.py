"""The screenshots in the documentation can be taken again at any time."""

import struct

from tests.browser import shots


def test_each_screenshot_has_its_intended_size(chromium, tmp_path):
    files = shots.take(chromium, tmp_path)
    sizes = {file.name: struct.unpack(">II", file.read_bytes()[16:24]) for file in files}
    assert sizes == {
        "board.png": (1280, 900),
        "board-phone.png": (360, 740),
        "problem.png": (1280, 900),
        "problem-phone.png": (360, 740),
        "map.png": (1280, 900),
        "map-phone.png": (360, 740),
        "digest.png": (1280, 900),
        "digest-phone.png": (360, 740),
        "digest-dark.png": (1280, 900),
        "digest-dark-phone.png": (360, 740),
        "people.png": (1280, 900),
        "people-phone.png": (360, 740),
        "segment.png": (1280, 900),
        "segment-phone.png": (360, 740),
        "person.png": (1280, 900),
        "person-phone.png": (360, 740),
        "duplicates.png": (1280, 900),
        "duplicates-phone.png": (360, 740),
        "composer.png": (1280, 1600),
        "composer-phone.png": (360, 740),
        "composer-dark.png": (1280, 1600),
        "composer-dark-phone.png": (360, 740),
        "actions.png": (1280, 900),
        "actions-phone.png": (360, 740),
        "day.png": (1280, 900),
        "day-phone.png": (360, 740),
    }
    assert all(file.stat().st_size > 10_000 for file in files)
