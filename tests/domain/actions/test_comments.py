"""Comments on actions, and whom they mention."""

from types import SimpleNamespace

import pytest

from app.domain.actions import comments
from app.domain_errors import DomainError
from app.extensions import db
from app.models.mail.deliveries import Delivery, DeliveryKind

ANA, ANDRES, EVA = (
    SimpleNamespace(id=number, name=name, email=f"{local}@example.org")
    for number, (name, local) in enumerate([("Ana Ruiz", "ana"), ("Ana Lucía Paz", "alpaz"), ("Eva", "eva")], start=1)
)
TEAM = [ANA, ANDRES, EVA]


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("@eva, can you call?", [EVA]),
        ("Ask @Ana Ruiz and @EVA.", [ANA, EVA]),
        ("@Ana Lucia Paz knows; @alpaz knows", [ANDRES]),
        ("(@eva) @eva", [EVA]),
        ("Write to eva@example.org or x@eva", []),
        ("@evangelina @nobody @ 5", []),
        ("", []),
    ],
)
def test_a_name_after_an_at_sign_mentions_whoever_has_it(body, meant):
    assert comments.mentioned(body, TEAM) == meant


def test_a_name_that_several_have_is_asked_about():
    with pytest.raises(DomainError) as refused:
        comments.mentioned("@ana please", TEAM)
    assert refused.value.field == "body"
    assert refused.value.values["names"] == "Ana Lucía Paz, Ana Ruiz"


def test_whoever_is_mentioned_gets_one_email_and_the_author_none(make):
    ana, eva, congress = make.user("Ana"), make.user("Eva"), make.congress()
    action = make.follow_up(congress, ana)
    comments.comment(action, "@eva @eva @ana", by=ana, readers=[ana, eva])
    told = db.session.query(Delivery).filter_by(kind=DeliveryKind.MENTION)
    assert [one.user_id for one in told] == [eva.id]
