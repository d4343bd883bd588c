"""What the files of brigades and targets contain."""

from flask_babel import gettext

from app.views.people.columns import country_text, phone
from app.web.columns import Column, Source
from app.wording.brigades import role_name
from app.wording.formats import language_name
from app.wording.labels import label
from app.wording.targets import entry_text


def of_members(*, with_contacts: bool) -> list[Column]:
    """Return the columns of the members of a brigade."""
    contacts = [
        Column("email", gettext("Email address"), lambda one: one.person.email, is_contact=True),
        Column("phone", gettext("Phone"), lambda one: phone(one.person), is_contact=True),
    ]
    return [
        Column("given_name", gettext("Given names"), lambda one: one.person.given_name),
        Column("family_name", gettext("Family names"), lambda one: one.person.family_name),
        Column("role", gettext("Role"), lambda one: role_name(one.role)),
        Column("status", gettext("Status"), lambda one: label(one.status)),
        Column("since", gettext("First day"), lambda one: one.since),
        Column("until", gettext("Last day"), lambda one: one.until),
        Column("skills", gettext("Skills"), lambda one: one.skills),
        Column("languages", gettext("Languages spoken"), lambda one: ", ".join(map(language_name, one.languages))),
        Column("country", gettext("Country"), lambda one: country_text(one.person.country), is_usual=False),
        Column("channel", gettext("How to reach this person"), lambda one: label(one.channel)),
        *(contacts if with_contacts else []),
    ]


def of_targets(statuses: Source) -> list[Column]:
    """Return the columns of the targets of a campaign; `statuses` loads how they have answered."""
    return [
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("name", gettext("Name"), lambda one: one.name),
        Column("post", gettext("Position"), lambda one: one.post),
        Column("kind", gettext("Kind"), lambda one: label(one.kind)),
        Column("status", gettext("Status"), label, source=statuses),
        Column("organization", gettext("Organization"), lambda one: one.organization and one.organization.name),
        Column("demand", gettext("What is asked of it"), lambda one: one.demand),
        Column("email", gettext("Email address"), lambda one: one.email, is_contact=True),
        Column("phone", gettext("Phone"), lambda one: one.phone, is_contact=True),
        Column("postal_address", gettext("Postal address"), lambda one: one.postal_address, is_contact=True),
        Column("website", gettext("Website"), lambda one: one.website),
        Column("log", gettext("What happened"), lambda one: "\n".join(map(entry_text, one.entries))),
    ]
