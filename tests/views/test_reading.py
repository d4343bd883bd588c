"""Requests that only read."""

from sqlalchemy import event

from app.extensions import db
from app.models.accounts import Role


def test_pages_are_not_kept_but_forms_are_until_one_goes_back_and_signing_out_clears_them(house, browse):
    with house.open() as make:
        user = make.user()
        make.grant(user, Role.ADMIN)
    alice = browse(user)
    assert alice.get("/people").headers["Cache-Control"] == "no-store"
    assert alice.get("/people/new").headers["Cache-Control"] == "private, no-cache"
    assert alice.post("/people/new").headers["Cache-Control"] == "no-store"
    assert alice.post("/sign-out").headers["Clear-Site-Data"] == '"cache"'


def test_a_page_takes_one_connection_however_much_it_asks(house, browse):
    with house.open() as make:
        user, congress = make.user(), make.congress()
        make.grant(user, Role.ADMIN)
        for _ in range(3):
            make.leg(make.delegation(congress))
            make.problem(congress)
        engine = db.engine
    taken = []

    def count(*_args):
        taken.append(1)

    event.listen(engine, "checkout", count)
    assert browse(user).get(f"/congresses/{congress.id}").status_code == 200
    event.remove(engine, "checkout", count)
    assert len(taken) == 1
