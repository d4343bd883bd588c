"""What the files of mobilizations and sign-ups contain."""

from flask_babel import gettext

from app.times import to_local
from app.views.people.columns import country_text
from app.web.columns import Column
from app.wording.formats import language_name
from app.wording.labels import label
from app.wording.places import place_called


def of_mobilizations() -> list[Column]:
    """Return the columns of the mobilizations of a campaign."""
    return [
        Column("title", gettext("Title"), lambda one: one.title),
        Column("status", gettext("Status"), lambda one: label(one.status)),
        Column("country", gettext("Country"), lambda one: country_text(one.place.country)),
        Column("place", gettext("Town"), lambda one: place_called(one.place)),
        Column("address", gettext("Where people meet"), lambda one: one.address),
        Column(
            "starts", gettext("Day and time"), lambda one: f"{to_local(one.starts_at, one.timezone):%Y-%m-%d %H:%M}"
        ),
        Column("timezone", gettext("Time zone"), lambda one: one.timezone),
        Column("duration", gettext("Duration in minutes"), lambda one: one.duration_minutes, is_usual=False),
        Column(
            "hosts", gettext("Host organizations"), lambda one: ", ".join(host.organization.name for host in one.hosts)
        ),
        Column(
            "languages", gettext("Languages spoken there"), lambda one: ", ".join(map(language_name, one.languages))
        ),
        Column("expected", gettext("Expected turnout"), lambda one: one.expected_turnout),
        Column("least", gettext("How many came"), lambda one: one.turnout_least),
        Column("most", gettext("At most"), lambda one: one.turnout_most),
        Column("counted_by", gettext("Who counted"), lambda one: one.turnout_by),
        Column("notes", gettext("Accessibility and notes"), lambda one: one.notes, is_usual=False),
    ]


def of_sign_ups(*, with_contacts: bool) -> list[Column]:
    """Return the columns of the sign-ups of a campaign."""
    contacts = [
        Column("email", gettext("Email address"), lambda one: one.email, is_contact=True),
        Column("phone", gettext("Phone"), lambda one: one.phone, is_contact=True),
    ]
    return [
        Column("kind", gettext("Kind"), lambda one: label(one.kind)),
        Column("state", gettext("Status"), lambda one: label(one.state)),
        Column("name", gettext("Name"), lambda one: one.name),
        Column("organization", gettext("Union or organization"), lambda one: one.organization_name),
        Column("mandate", gettext("On whose behalf"), lambda one: label(one.mandate) if one.mandate else None),
        Column("country", gettext("Country"), lambda one: country_text(one.country)),
        Column("locality", gettext("Town"), lambda one: one.locality),
        Column(
            "mobilization", gettext("Mobilization"), lambda one: one.mobilization.title if one.mobilization else None
        ),
        Column("brigade", gettext("Brigade"), lambda one: one.brigade.name if one.brigade else None),
        Column("asked_on", gettext("Asked on"), lambda one: one.asked_at.date()),
        Column(
            "confirmed_on", gettext("Confirmed on"), lambda one: one.confirmed_at.date() if one.confirmed_at else None
        ),
        Column("consent", gettext("What was agreed to"), lambda one: one.consent_text, is_usual=False),
        *(contacts if with_contacts else []),
    ]
