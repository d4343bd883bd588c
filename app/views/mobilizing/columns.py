"""What the file of a brigade's members contains."""

from flask_babel import gettext

from app.views.people.columns import country_text, phone
from app.web.columns import Column
from app.wording.brigades import role_name
from app.wording.formats import language_name
from app.wording.labels import label


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
