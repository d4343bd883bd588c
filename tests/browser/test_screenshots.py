"""The screenshots in the documentation have their intended sizes, and can be taken again at any time."""

import struct

import pytest

from tests.browser import shots


def size(file):
    return struct.unpack(">II", file.read_bytes()[16:24])


@pytest.mark.parametrize("scene", shots.SCENES, ids=lambda scene: scene.name)
def test_each_screenshot_in_the_documentation_has_its_intended_size(scene):
    wide, phone = (shots.FOLDER / f"{scene.name}{suffix}.png" for suffix in ("", "-phone"))
    assert size(wide) == scene.size
    assert not phone.exists() or size(phone) == shots.PHONE


def test_screenshots_can_be_taken_again(chromium, tmp_path):
    scenes = [scene for scene in shots.SCENES if scene.at == shots.SCENES[0].at]  # to reach the others takes minutes
    files = shots.take(chromium, tmp_path, scenes)
    assert {file.name: size(file) for file in files} == {
        f"{scene.name}{suffix}.png": wanted
        for scene in scenes
        for suffix, wanted in (("", scene.size), ("-phone", shots.PHONE))
    }
    assert all(file.stat().st_size > 10_000 for file in files)
