"""Records by organizers, and the mistakes that are detected."""

from datetime import date

import pytest

from app.domain.congress import congresses, delegations
from app.domain.people import organizations, people
from app.domain.press import articles
from app.domain.travel import problems
from app.domain_errors import DomainError
from app.models.congress.delegations import Capacity, DelegationStatus
from tests.factories import utc


@pytest.mark.parametrize(
    ("start_date", "end_date"),
    [(date(2025, 12, 13), date(2025, 12, 11)), (date(2025, 12, 13), date(2027, 12, 11))],
)
def test_a_congress_ends_after_it_starts_and_within_reason(make, start_date, end_date):
    with pytest.raises(DomainError) as caught:
        make.congress(start_date=start_date, end_date=end_date)
    assert caught.value.field == "end_date"


def test_an_organization_is_recorded_once_in_a_country(make):
    make.organization("Unión", "MX")
    make.organization("Unión", "PE")
    with pytest.raises(DomainError):
        make.organization("unión", "MX")


def test_changing_an_organization_does_not_collide_with_itself(make):
    organization = make.organization("Unión")
    values = {name: getattr(organization, name) for name in organizations.OrganizationValues.__annotations__}
    organizations.update(organization, values | {"acronym": "U"})
    assert organization.acronym == "U"


def test_a_delegation_that_cannot_attend_has_a_reason(make):
    with pytest.raises(DomainError) as caught:
        make.delegation(make.congress(), status=DelegationStatus.UNABLE_TO_ATTEND)
    assert caught.value.field == "reason"


def test_a_person_is_in_a_delegation_once_and_a_new_head_replaces_the_previous_one(make):
    congress = make.congress()
    delegation, person = make.delegation(congress, delegates=1), make.person(congress=congress)
    delegations.add_delegate(delegation, person, capacity=Capacity.DELEGATE, is_head=True)
    assert [delegate.is_head for delegate in delegation.delegates] == [False, True]
    with pytest.raises(DomainError):
        delegations.add_delegate(delegation, person, capacity=Capacity.GUEST, is_head=False)


def test_a_person_who_changes_unions_keeps_the_old_membership(make):
    first, second = make.organization(), make.organization()
    person = make.person(organization=first, post="Secretary", email="r@example.org")
    values = {
        "given_name": "Rosa", "family_name": None, "family_name_first": False, "preferred_language": None, "country": None, "nationality": None,
        "locality": None, "email": None, "phone": "+58 1", "is_at_risk": None, "organization": second, "post": None,
    }  # fmt: skip
    people.update(person, values)
    assert [(one.organization_id, bool(one.end_date)) for one in person.memberships] == [
        (first.id, True),
        (second.id, False),
    ]
    assert [(one.type.value, one.value) for one in person.contact_details] == [("phone", "+58 1")]


def test_a_problem_ends_after_it_starts_and_within_reason(make):
    congress = make.congress()
    for ends in ("2025-12-08 00:00", "2035-01-01 00:00"):
        with pytest.raises(DomainError) as caught:
            make.problem(congress, "2025-12-09 00:00", ends)
        assert caught.value.field == "ends"


@pytest.mark.parametrize(("kind", "field"), [("country", "country"), ("place", "place"), ("carrier", "carrier")])
def test_a_problem_needs_an_entity(make, kind, field):
    with pytest.raises(DomainError) as caught:
        make.problem(make.congress(), kind=kind, country=None)
    assert caught.value.field == field


def test_a_problem_that_has_not_begun_cannot_be_over(make, at):
    at(utc("2025-12-01 00:00"))
    problem = make.problem(make.congress())
    with pytest.raises(DomainError):
        problems.lift(problem)


def test_an_article_with_the_same_address_is_the_same_article(make):
    make.article(url="https://example.org/a")
    with pytest.raises(DomainError) as caught:
        make.article("Another", url="https://example.org/a")
    assert caught.value.field == "url"


def test_an_article_needs_a_text_or_an_address(make):
    assert make.article(text=None, url="https://example.org/a").text == ""
    with pytest.raises(DomainError) as caught:
        make.article(text=None)
    assert caught.value.field == "url"


@pytest.mark.parametrize("field", ["date_published", "original_date"])
def test_an_article_is_not_from_the_future(make, field):
    with pytest.raises(DomainError) as caught:
        make.article(**{field: date(2199, 1, 1)})
    assert caught.value.field == field


def test_citing_an_article_twice_creates_one_citation(make):
    campaign, article, problem = make.campaign(), make.article(), make.problem(make.congress())
    assert make.cite(article, campaign).id == make.cite(article, campaign).id
    first = articles.cite_on_problem(article, problem, by=None)
    assert articles.cite_on_problem(article, problem, by=None).id == first.id


def test_a_campaign_gets_a_unique_slug_from_its_title(make):
    assert make.campaign("Año de Paz: ¡Adelante!").slug == "ano-de-paz-adelante"
    with pytest.raises(DomainError) as caught:
        make.campaign("Ano de paz – adelante")
    assert caught.value.field == "slug"
    with pytest.raises(DomainError):
        make.campaign("سلام")


def test_a_congress_can_be_changed(make):
    congress = make.congress()
    values = {name: getattr(congress, name) for name in congresses.CongressValues.__annotations__}
    congresses.update(congress, values | {"title": "Changed"})
    assert congress.title == "Changed"
