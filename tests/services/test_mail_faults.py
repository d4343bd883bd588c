"""A digest through a mail server that fails, while processes are killed, the disk is full and the database is locked."""

import pytest

from app.config import Config
from app.extensions import db
from benchmarks.mail_faults import SHARE
from benchmarks.mail_faults_cases.place import Place, environment
from benchmarks.mail_faults_cases.proxy import Proxy
from benchmarks.mail_faults_cases.trial import Lengths, Trial
from tests.databases import FIELD_KEY, migrated

MEMBERS, KILLS = 300, 3


@pytest.fixture
def proxy():
    with Proxy(SHARE, seconds_refused=1) as running:
        yield running


@pytest.fixture
def place(tmp_path, proxy):
    found = Place(tmp_path, environment(tmp_path, FIELD_KEY, MAIL_URL=proxy.url, DELIVERY_LEASE_SECONDS="2"))
    yield found
    found.end()


def test_a_digest_loses_nothing_and_repeats_only_what_was_on_its_way_or_unheard(place, proxy):
    app = migrated(Config.from_env(place.env))
    counted = Trial(place, app, proxy, members=MEMBERS, kills=KILLS, lengths=Lengths(1, 1, 90)).run()
    with app.app_context():
        db.engine.dispose()
    assert counted.lost == counted.unfinished == counted.without_answer == 0
    assert counted.beyond == counted.other_ids == 0
    assert counted.reached == 0
    assert counted.withdrawn > 0
    assert counted.kills.total() == KILLS
    assert counted.kills["worker"] > 0
    assert proxy.injected.total() > MEMBERS * SHARE / 3
