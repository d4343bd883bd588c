"""A page that shows 50 encrypted fields, compared with the same page of fields that are not encrypted."""

from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import bindparam, select, update

from app.domain.accounts import accounts, list_views
from app.domain.people import people
from app.extensions import db
from app.models.accounts.accounts import Role
from app.models.accounts.list_views import ListName
from app.models.people.people import Person
from app.queries.people.sorting import NAME
from app.sealing import Keyring, new_key
from benchmarks import Case, databases, ground
from benchmarks.follow_ups_cases.pages import client
from benchmarks.timing import milliseconds

_FIELDS = 50


class _InTheClear(Keyring):
    """Stores and reads the values as they are."""

    def seal(self, text: str, _place: str) -> str:
        """Return the text itself."""
        return text

    def open(self, sealed: str, _place: str) -> str:
        """Return the text itself."""
        return sealed


def cases(quick: bool) -> list[Case]:
    """Measure the page on each database, with either kind of fields in turn."""
    return [_case(kind, 3 if quick else 61) for kind in databases.kinds()]


def _case(kind: str, times: int) -> Case:
    with ground.house(kind) as app:
        admin = accounts.create_user(
            email="admin@example.org", name="Admin", locale="en", timezone="UTC", password=None, invited=False
        )
        accounts.grant(admin, Role.ADMIN, by=None)
        list_views.remember(admin, ListName.PEOPLE, ["nationality"], NAME)
        for number in range(_FIELDS):
            people.create(_person(number), congress_id=None, campaign_id=None)
        db.session.commit()
        sealed, clear = Keyring.from_text(new_key()), _InTheClear.from_text(new_key())
        page = client(app, admin)
        taken = [(_page(page, sealed), _page(page, clear)) for _ in range(times + 1)][1:]
        usual = median(other for _, other in taken)
        ratio = median(one for one, _ in taken) / usual
    return Case(f"{kind}: page with {_FIELDS} encrypted fields ÷ in the clear ({usual:.1f} ms)", ratio, 1.3, "times")


def _page(page: FlaskClient, keyring: Keyring) -> float:
    """Return the milliseconds of the page with fields that were stored with these keys."""
    db.engine.dialect.keyring = keyring  # type: ignore[attr-defined]
    table = Person.__table__
    db.session.rollback()  # the clock has opened a transaction, and SQLite lets one write at a time
    with db.engine.begin() as connection:
        ids = connection.scalars(select(table.c.id)).all()
        statement = update(table).where(table.c.id == bindparam("number")).values(nationality=bindparam("code"))  # type: ignore[arg-type]
        connection.execute(statement, [{"number": one, "code": "CU"} for one in ids])

    def request() -> None:
        with page.application.app_context():
            answer = page.get("/people")
        if answer.text.count("Cuba") < _FIELDS:
            raise RuntimeError("the page does not show the fields")

    return milliseconds(request)


def _person(number: int) -> people.PersonValues:
    return {
        "given_name": "Ana", "family_name": f"Number {number}", "family_name_first": False, "preferred_language": "es",
        "country": None, "nationality": "CU", "locality": None, "email": None, "phone": None, "is_at_risk": None, "organization": None,
        "post": None,
    }  # fmt: skip
