"""The settings of the house, and who changed them."""

from sqlalchemy import select

from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.audit import AuditEntry
from tests.views.pages import text


def test_who_changed_the_settings_of_the_house_is_in_its_history(alice, house, browse):
    with house.open() as make:
        make.factor(alice.user)
    assert "History" not in text(alice.get("/house"))
    alice.post("/house", {"roles": ["admin", "coordinator"]})
    alice.post("/house", {"roles": ["admin"]})
    alice.post("/house", {"roles": ["admin"]})
    with house.open() as make:
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).unique().all()
        assert [(one.actor_id, one.before, one.after) for one in entries] == [
            (alice.user.id, {"factor_roles": []}, {"factor_roles": ["admin", "coordinator"]}),
            (alice.user.id, {"factor_roles": ["admin", "coordinator"]}, {"factor_roles": ["admin"]}),
        ]
        eva = make.user("Eva")
        make.grant(eva, Role.ADMIN)
        make.factor(eva)
    shown = " ".join(text(browse(eva).get("/house")).split())
    assert "2 changes" in shown
    assert "Alice" in shown
    assert "<del>admin; coordinator</del> → admin" in shown
