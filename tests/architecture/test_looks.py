"""Every page on which an account sees how somebody is reached leaves a line of who looked, found by opening all pages."""

from sqlalchemy import select, update

from app.extensions import db
from app.models.campaigns.subscriptions import Subscription
from app.models.mobilizing.sign_ups import SignUp
from app.models.oversight.lines import LogLine, LogVerb
from app.models.people.people import ContactDetail, ContactType, Person
from tests.architecture.test_access import MASTER, OPEN, Pages, account_of, populated
from tests.databases import ONE_DATABASE

PHONE, EMAIL = "+584145550199", "canary@example.net"


def known(user):
    """Give everybody a phone number and an address by which pages that show them are found."""
    for number in db.session.scalars(select(Person.id)).all():
        for kind, value in ((ContactType.PHONE, PHONE), (ContactType.EMAIL, EMAIL)):
            db.session.add(ContactDetail(person_id=number, type=kind, value=value, key=value))
    everything = {"synchronize_session": False}
    db.session.execute(update(SignUp).values(phone=PHONE), execution_options=everything)
    for subscription in db.session.scalars(select(Subscription)).all():
        subscription.email = f"{subscription.id}.{EMAIL}"
    db.session.commit()


def shows(text):
    digits = "".join(one for one in text if one.isdigit())
    return EMAIL in text or PHONE.removeprefix("+") in digits


@ONE_DATABASE
def test_pages_that_show_how_somebody_is_reached_leave_a_line(app, house, browse):
    with house.open() as make:
        world = populated(make)
        user = account_of(make, MASTER, world.here)
        assert user
        known(user)
    pages = [ask for ask in Pages(app, world).requests(MASTER) if ask[1] == "GET" and ask[3] == OPEN]
    own = {endpoint for endpoint, view in app.view_functions.items() if getattr(view, "cookieless", False)}
    reader, showing = browse(user), {}
    for endpoint, _method, path, _verdict in pages:
        response = reader.get(path, buffered=True)
        if endpoint not in own and response.mimetype == "text/html" and shows(response.text):
            showing[endpoint] = path
    with house.open():
        told = set(db.session.scalars(select(LogLine.way).where(LogLine.verb == LogVerb.READ)))
    assert len(showing) > 8
    assert sorted(showing.keys() - told) == []
