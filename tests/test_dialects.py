"""What only one of the databases does."""

from sqlalchemy import text

from app.dialects import ANALYZED, keep_statistics
from app.extensions import db
from tests.databases import ONE_DATABASE

pytestmark = ONE_DATABASE


def test_sqlite_reads_only_some_entries_of_each_index_for_its_statistics(make):
    make.person()
    keep_statistics(db.session)
    reads = {"unscoped": "it reads settings and statistics"}
    assert db.session.scalar(text("PRAGMA analysis_limit"), execution_options=reads) == ANALYZED
    assert db.session.scalar(text("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'people'"), execution_options=reads)
