"""Read-only requests."""

from sqlalchemy import event

from app.extensions import db
from app.models.accounts.accounts import Role


def test_no_page_is_cached_by_the_browser(house, browse):
    with house.open() as make:
        user = make.user()
        make.grant(user, Role.ADMIN)
    for path in ("/people", "/people/new", "/account"):
        assert browse(user).get(path).headers["Cache-Control"] == "no-store"


def test_a_page_uses_one_database_connection(house, browse):
    with house.open() as make:
        user, congress = make.user(), make.congress()
        make.grant(user, Role.ADMIN)
        for _ in range(3):
            make.leg(make.delegation(congress))
            make.problem(congress)
        engine = db.engine
    reader, taken = browse(user), []
    reader.get("/account")  # signs in

    def count(*_args):
        taken.append(1)

    event.listen(engine, "checkout", count)
    assert reader.get(f"/congresses/{congress.id}").status_code == 200
    event.remove(engine, "checkout", count)
    assert len(taken) == 1
