"""How long data is kept: the page for everyone, changing it for admins, and the line below each field."""

import re
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import select

from app import clock
from app.domain.privacy import retention
from app.extensions import db
from app.forms.base import Form
from app.forms.mobilizing.sign_ups import MandateForm, SignUpForm
from app.forms.mobilizing.signatures import SignatureForm
from app.forms.people.custom_values import extended
from app.forms.people.people import NewPersonForm
from app.jobs.privacy import sweep_retention
from app.models.accounts.accounts import Role
from app.models.privacy.retention import RetentionKind, RetentionPeriod
from app.queries.privacy.retention_rules import RULES
from app.web.retention import kind_of
from tests.views.pages import text

KIND = RetentionKind.NATIONALITIES


@pytest.fixture
def world(house, browse, at):
    """Ada is an admin; Bob works on a congress that is long over, with one person whose nationality is due."""
    with house.open() as make:
        house.ada, house.bob = make.user("Ada"), make.user("Bob")
        make.grant(house.ada, Role.ADMIN)
        house.congress = make.congress()
        make.grant(house.bob, congress=house.congress)
        house.person = make.person(congress=house.congress, nationality="CO")
    house.as_ada, house.as_bob = browse(house.ada), browse(house.bob)
    at(clock.now() + timedelta(days=400))
    return house


def said(page):
    return " ".join(text(page).split())


def test_everyone_reads_the_periods_and_only_admins_the_numbers(world, browse):
    with world.open() as make:
        charlie = browse(make.user("Charlie"))
    for browser in (world.as_bob, charlie):
        page = said(browser.get("/retention"))
        assert "Nationalities of people" in page
        assert "Kept until 30 days after the end of the person’s last congress or campaign." in page
        assert "record is due" not in page
        assert browser.get("/retention/nationalities").status_code in (403, 404)
    assert "1 record is due" in said(world.as_ada.get("/retention"))


def confirmed(browser, days):
    """Preview a period and save it, as its page does; return the preview."""
    preview = browser.post("/retention/nationalities", {"days": days})
    shown = dict(re.findall(r'name="(previewed|idempotency_key)" value="(\w+)"', preview.text))
    assert browser.post("/retention/nationalities", {"days": days, "confirm": "1", **shown}).status_code == 302
    return said(preview)


def stored(house):
    with house.open():
        return db.session.scalars(select(RetentionPeriod).filter_by(kind=KIND)).one_or_none()


def test_a_change_is_previewed_with_what_it_would_delete_and_is_in_the_history(world):
    preview = world.as_ada.post("/retention/nationalities", {"days": "10"})
    assert "1 record would be deleted now." in said(preview)
    assert "This is shorter than the period before." in said(preview)
    assert stored(world) is None
    confirmed(world.as_ada, "10")
    assert (stored(world).days, stored(world).earlier_days) == (10, None)
    page = said(world.as_ada.get("/retention"))
    assert "The earlier period counts until then. Kept until somebody deletes it." in page
    assert "<del>Nationalities of people: 30 days</del> → Nationalities of people: 10 days" in page


def test_a_period_without_end_deletes_nothing_any_more(world):
    assert "Nothing of this kind is deleted any more" in confirmed(world.as_ada, "")
    assert stored(world).days is None
    assert world.as_ada.post("/retention/nationalities", {"days": "0"}).status_code == 422
    assert world.as_ada.get("/retention/nothing").status_code == 404


def test_admins_are_told_on_the_state_of_the_house_and_on_today(world, at):
    assert "data is deleted" not in said(world.as_ada.get("/"))
    with world.open():
        sweep_retention.sweep()
    assert "data is deleted that is still kept today" in said(world.as_ada.get("/"))
    assert "data is deleted" not in said(world.as_bob.get("/"))
    page = said(world.as_ada.get("/house/state"))
    assert "What will be deleted" in page
    assert "Nationalities of people" in page
    at(clock.now() + timedelta(days=9))
    assert "What will be deleted" not in said(world.as_ada.get("/house/state"))


def test_what_was_deleted_is_in_the_history_without_the_value(world, at):
    with world.open():
        sweep_retention.sweep()
    at(clock.now() + timedelta(days=9))
    with world.open():
        sweep_retention.sweep()
    page = said(world.as_bob.get(f"/people/{world.person.id}"))
    assert "Deleted, because the time for which it is kept has ended" in page
    assert "Nationality: changed" in page
    assert "1 record was deleted." in said(world.as_ada.get("/retention"))


def test_a_field_says_until_when_it_is_kept_also_to_screen_readers(world):
    page = html.fromstring(world.as_bob.get(f"/people/{world.person.id}/edit").text)
    [kept] = page.xpath("//small[@id='nationality-kept']/text()")
    assert kept == "Kept until 30 days after the end of the person’s last congress or campaign."
    [described] = page.xpath("//select[@id='nationality']/@aria-describedby")
    assert "nationality-kept" in described
    with world.open():
        retention.change(KIND, None)
    assert "nationality-kept" not in text(world.as_bob.get(f"/people/{world.person.id}/edit"))


def every_form(of=Form):
    for one in of.__subclasses__():
        yield one
        yield from every_form(one)


def test_every_field_of_a_rule_exists_in_its_form():
    forms = {f"{one.__module__.removeprefix('app.forms.')}.{one.__name__}": one for one in every_form()}
    for rule in RULES.values():
        for path, name in rule.typed_in:
            assert path in forms, path
            assert name.endswith("_") or hasattr(forms[path], name), (path, name)


def test_a_field_belongs_to_the_kind_of_the_form_that_is_closest():
    assert kind_of(SignatureForm, "email") is RetentionKind.SIGNATURES
    assert kind_of(MandateForm, "email") is RetentionKind.ENDORSEMENTS
    assert kind_of(SignUpForm, "email") is RetentionKind.ATTENDANCES
    assert kind_of(SignUpForm, "name") is None
    assert kind_of(extended(NewPersonForm, []), "custom_12") is RetentionKind.OWN_FIELDS
    assert kind_of(None, "email") is None
