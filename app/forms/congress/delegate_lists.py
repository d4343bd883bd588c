"""The form for a pasted list of delegates."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField
from wtforms.validators import AnyOf

from app.domain.congress.delegate_lists import Candidate, DelegateList, Entry
from app.forms import fields
from app.forms.previewing import PreviewForm


class DelegateListForm(PreviewForm):
    """A pasted list of people; if a person may already be recorded, the preview asks who is meant."""

    people = fields.lines(
        _("People"),
        longest=40_000,
        required=True,
        rows=10,
        help=_(
            "One person per line: “Ana Ruiz” or “Ruiz, Ana”. After the name you can add an email address, a phone number, a "
            "position, an organization or “observer”, separated by commas, semicolons or tabs."
        ),
    )

    def fields_for(self, draft: DelegateList) -> dict[str, tuple[Field, object]]:
        """Return a choice for each line whose person may already be recorded."""
        return {self.name_of(entry): (who(entry), likely(entry)) for entry in draft.new if entry.candidates}

    @staticmethod
    def name_of(entry: Entry) -> str:
        """Return the name of the field that chooses the person of a line."""
        return f"person-{entry.line}"

    def chosen(self, listed: DelegateList) -> dict[int, int | None]:
        """Return the chosen person of each line where one was chosen; None for a new person."""
        asked = [entry for entry in listed.new if entry.candidates]
        return {entry.line: fields.number_or_none(self[self.name_of(entry)].data) for entry in asked}


def who(entry: Entry) -> Field:
    """Return a choice between the people that a line may name and a new person."""
    recorded = {str(one.person_id): _described(one) for one in entry.candidates}
    offered = recorded | {"": gettext("a new person")}
    return RadioField(
        gettext("Line %(line)d", line=entry.line),
        choices=offered,
        validate_choice=False,
        validators=[AnyOf(list(offered), message=gettext("Choose the person you mean."))],
    )


def _described(one: Candidate) -> str:
    name = f"{one.name} ({one.organization})" if one.organization else one.name
    return str(gettext("%(name)s (already recorded)", name=name))


def likely(entry: Entry) -> str | None:
    """Return the most likely person; None if only the user can decide."""
    likely = [one for one in entry.candidates if one.is_likely]
    return str(likely[0].person_id) if len(likely) == 1 else None
