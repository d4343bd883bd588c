"""Screenshots for the documentation: `python -m tests.browser.shots`."""

import tempfile
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from app import clock
from app.commands import story
from app.config import ROOT
from app.domain.travel import gazetteer
from app.extensions import db
from tests.browser.conftest import PASSWORD, sign_in
from tests.browser.serving import Site, launched
from tests.factories import utc

FOLDER = ROOT / "docs" / "screenshots"
PHONE = (360, 740)
EXAMPLES = utc("2026-01-10 13:00")
"""When what the story lacks is recorded: coming actions, a day of action, targets."""


class Scene(NamedTuple):
    """A page at a point of the demo story."""

    name: str
    at: datetime
    path: str
    size: tuple[int, int]
    dark: bool = False
    unfolded: bool = False


SCENES = (
    # The airspace has been closed for three days: most delegations have an alternative route, some do not, two cannot come.
    Scene("board", utc("2025-12-02 15:00"), "/congresses/1", (1280, 900)),
    # The closure itself: who is affected, and why.
    Scene("problem", utc("2025-12-02 15:00"), "/congresses/1/problems/3", (1280, 900)),
    # The journeys to the congress on the same day.
    Scene("map", utc("2025-12-02 15:00"), "/congresses/1/map?near=1", (1280, 900)),
    # How a delegation could still come from an island whose flight is affected: by a ferry that is known.
    Scene("ways", utc("2025-12-02 15:00"), "/congresses/1/delegations/19/ways", (1280, 1300)),
    # A digest with a republished article: its source and its disclaimer.
    Scene("digest", utc("2026-01-10 12:00"), "/campaigns/1/digests/3/letter/en", (1280, 900)),
    Scene(
        "digest-dark", utc("2026-01-10 12:00"), "/campaigns/1/digests/3/letter/es?scheme=dark", (1280, 900), dark=True
    ),
    # The people of the congress on the same day, and what the demo has recorded about them.
    Scene(
        "people",
        utc("2026-01-10 12:00"),
        "/people?columns=organization&columns=tags&columns=last_interaction",
        (1280, 900),
    ),
    Scene("segment", utc("2026-01-10 12:00"), "/segments/1", (1280, 900)),
    Scene("person", utc("2026-01-10 12:00"), "/people/1", (1280, 900)),
    Scene("duplicates", utc("2026-01-10 12:00"), "/people/duplicates", (1280, 900)),
    # The same digest on the previous day, waiting for a coordinator.
    Scene("composer", utc("2026-01-09 14:10"), "/campaigns/1/digests/3?locale=en", (1280, 1600), unfolded=True),
    Scene("composer-dark", utc("2026-01-09 14:10"), "/campaigns/1/digests/3?scheme=dark", (1280, 1600), dark=True),
    # What has to be done for the next meeting, and by whom.
    Scene("actions", EXAMPLES, "/congresses/2/follow-ups?view=assignee", (1280, 900)),
    # What a delegation needs at the border on its way back.
    Scene("card", EXAMPLES, "/congresses/1/delegations/34/journeys/68/card", (1280, 900)),
    # A day of action in several time zones, as anyone can read it.
    Scene("day", EXAMPLES, "/c/paso-para-las-delegaciones/days-of-action/1?locale=en", (1280, 900)),
)


def take(browser, folder, scenes=SCENES):
    """Take the screenshots of scenes, wide and on a phone; return the files. The story is told once, scene by scene."""
    moments = groupby(sorted(scenes, key=lambda scene: scene.at), key=lambda scene: scene.at)
    replay = story.Replay(lambda _line: None)
    with (
        tempfile.TemporaryDirectory() as house,
        Site(Path(house)) as site,
        site.open(),
        site.app.test_request_context(base_url=site.url),
    ):
        gazetteer.load()
        return [file for at, scenes in moments for file in _take(browser, site, replay, at, scenes, folder)]


def _take(browser, site, replay, at, scenes, folder):
    with clock.travel(at):
        seeds = replay.run(PASSWORD, until=at)
        if at == EXAMPLES:
            story.record_examples(seeds)
            db.session.commit()
        with browser.new_context(base_url=site.url, reduced_motion="reduce") as context:
            page = context.new_page()
            sign_in(page, "claire@example.org")
            for scene in scenes:
                for (width, height), suffix in ((scene.size, ""), (PHONE, "-phone")):
                    page.set_viewport_size({"width": width, "height": height})
                    page.emulate_media(color_scheme="dark" if scene.dark else "light")
                    page.goto(scene.path, wait_until="networkidle")
                    if scene.unfolded:
                        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
                    file = folder / f"{scene.name}{suffix}.png"
                    page.screenshot(path=file)
                    yield file


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    with launched() as chromium:
        take(chromium, FOLDER)
