"""The filters of the lists of people and organizations: for their pages, their downloads, and what is done with everyone listed."""

from collections.abc import Sequence
from contextlib import suppress

from flask import abort, request
from flask_babel import gettext
from sqlalchemy import Select

from app import countries, languages
from app.domain.people.conditions import ConditionValues
from app.forms.people.lists import OrganizationListForm, PersonListForm, RecordListForm
from app.models.people.custom_fields import RecordKind
from app.models.people.organizations import Classification, Organization
from app.models.people.people import Person
from app.models.people.segments import ConditionKind
from app.policy import Permission
from app.queries.lookup import Missing
from app.queries.people import segments, tags
from app.queries.people.filters import OrganizationFilter, PersonFilter, values_of
from app.queries.people.sorting import COUNTRY, NAME, RECORDED, TOWN
from app.views.people import columns, subjects
from app.web.columns import Column
from app.web.listing import every
from app.web.templating import locale_tag
from app.wording.custom_fields import tag_name
from app.wording.formats import alphabetical, language_name

Choices = list[tuple[str, str]]
_MOST_TAGS = 200
"""The number of tags that a list offers as filters; the page of a tag links to the list of any."""


def of_people(permission: Permission) -> PersonListForm:
    """Return what the address says about a list of people, in congresses and campaigns where the user has a permission."""
    return PersonListForm(
        gettext("Name"),
        [("", gettext("all")), *subjects.of_user(permission)],
        {
            "segment": _segments(RecordKind.PERSON),
            "tag": _tags(),
            "country": _countries(values_of(Person.country)),
            "language": _languages(),
            **_columns(columns.of_people()),
        },
    )


def of_organizations() -> OrganizationListForm:
    """Return what the address says about a list of organizations."""
    return OrganizationListForm(
        gettext("Name, acronym or country"),
        every(Classification),
        {
            "segment": _segments(RecordKind.ORGANIZATION),
            "tag": _tags(),
            "country": _countries(values_of(Organization.country)),
            **_columns(columns.of_organizations()),
        },
    )


def person_filter(form: PersonListForm) -> PersonFilter:
    """Return which people a list shows."""
    chosen, part = form.sound(form.language), subjects.ids_in(form.shown)
    spoken = [tag for tag in values_of(Person.preferred_language) if _base(tag) == chosen] if chosen else []
    return PersonFilter(
        form.typed,
        part.get("congress_id"),
        part.get("campaign_id"),
        tag_id=form.sound(form.tag),
        country=form.sound(form.country) or "",
        languages=tuple(spoken),
        among=_members(form),
    )


def organization_filter(form: OrganizationListForm) -> OrganizationFilter:
    """Return which organizations a list shows."""
    return OrganizationFilter(
        form.typed,
        Classification(form.shown) if form.shown else None,
        tag_id=form.sound(form.tag),
        country=form.sound(form.country) or "",
        among=_members(form),
    )


def asked(form: RecordListForm) -> list[tuple[ConditionKind, ConditionValues]]:
    """Return the search words and the filters of a list as conditions of a segment, except the congress or campaign."""
    sound = {name: form.sound(form[name]) for name in form.FILTERS}
    is_of_people = isinstance(form, PersonListForm)
    given = [
        (ConditionKind.NAME, form.typed, ConditionValues(text=form.typed)),
        (ConditionKind.TAG, sound["tag"], ConditionValues(tag_id=sound["tag"])),
        (ConditionKind.COUNTRY, sound["country"], ConditionValues(text=sound["country"])),
        (ConditionKind.LANGUAGE, sound.get("language"), ConditionValues(text=sound.get("language"))),
        (ConditionKind.CLASSIFICATION, not is_of_people and form.shown, ConditionValues(option=form.shown)),
        (ConditionKind.SEGMENT, sound["segment"], ConditionValues(other_id=sound["segment"])),
    ]
    return [(kind, values) for kind, value, values in given if value]


def sortings(offered: Sequence[Column]) -> Choices:
    """Return the orders of a list by name, those of its columns in either direction, with their labels."""
    orders = [(NAME, gettext("Name")), *((one.name, one.heading) for one in offered if is_sortable(one))]
    return [
        choice
        for name, heading in orders
        for choice in ((name, heading), (f"-{name}", gettext("%(column)s, descending", column=heading)))
    ]


def is_sortable(column: Column) -> bool:
    """Return whether a list can be sorted by a column."""
    return column.name in (COUNTRY, TOWN, RECORDED) or column.name.startswith("custom_")


def _columns(offered: Sequence[Column]) -> dict[str, Choices]:
    listed = columns.listed(offered)
    return {"columns": [(one.name, one.heading) for one in listed], "sorting": [("", ""), *sortings(listed)]}


def _members(form: RecordListForm) -> Select[int] | None:
    """Return the members of the segment in the address; a segment that is gone is not found, rather than left out."""
    if form.segment.errors:
        abort(404)
    return segments.members(segments.get(form.segment.data)) if form.segment.data else None


def _segments(kind: RecordKind) -> Choices:
    return [("", gettext("all")), *((str(one.id), one.name) for one in segments.listing(kind))]


def _tags() -> Choices:
    found = [*tags.search("", language=locale_tag(), limit=_MOST_TAGS)]
    asked = request.args.get("tag", type=int)
    if asked is not None and asked not in {tag.id for tag in found}:
        with suppress(Missing):
            found.append(tags.get(asked))
    return [("", gettext("all")), *((str(tag.id), tag_name(tag)) for tag in found)]


def _countries(present: Sequence[str]) -> Choices:
    named = countries.named(locale_tag())
    return [("", gettext("all")), *((code, name) for code, name in named.items() if code in present)]


def _languages() -> Choices:
    """Return the languages that people in scope prefer; variants of one language, such as `es-VE`, are offered once."""
    codes = {base for tag in values_of(Person.preferred_language) if (base := _base(tag))}
    named = [(code, language_name(code)) for code in codes]
    return [("", gettext("all")), *alphabetical(named, lambda one: (one[1],))]


def _base(tag: str) -> str:
    """Return the language of a tag, empty if it is none that is known."""
    return (languages.code_of(tag) or "").partition("-")[0]
