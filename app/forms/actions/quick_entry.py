"""The form for actions that are typed as lines of words."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, RadioField
from wtforms.validators import AnyOf, DataRequired

from app import clock
from app.domain.actions.quick_entries import Entry, QuickEntries
from app.forms import fields
from app.forms.actions.follow_ups import NO_ACCOUNT, assignee_choice, brigade_choice
from app.forms.presence import Where
from app.forms.previewing import PreviewForm
from app.times import to_instant
from app.wording.formats import at

OTHERWISE = ""
"""The choice of a date that the line does not mention."""
_PERSON = "person"
"""What stands before the number of a person without an account among the assignees."""
_LONGEST_WAIT = timedelta(days=1)


class QuickEntryForm(PreviewForm):
    """Lines of words; the preview asks what a line leaves open: when, and who."""

    place = fields.select(
        _("Congress or campaign"),
        help=_("Its team can see the action, but only those who can see a person see the name."),
    )
    text = fields.lines(
        _("Quick entry"),
        longest=8000,
        required=True,
        rows=2,
        help=_("For example: call the consulate Friday @ana !high. Each line is an action."),
    )
    read_at = HiddenField()
    """When the shown preview was made: "in two hours" counts from then."""

    def prepare(self, timezone: str, assignees: Mapping[str, str]) -> None:
        """Say in which zone due times are, and who may be assigned, by choice and name."""
        self._timezone, self._assignees = timezone, assignees

    def moment(self, confirmed: bool) -> datetime:
        """Return when the lines were typed: now, or when the preview that is confirmed was made."""
        now = clock.now()
        try:
            shown = datetime.fromisoformat(str(self.read_at.data or ""))
        except ValueError:
            shown = now
        if not confirmed or shown.tzinfo is None or not timedelta(0) <= now - shown <= _LONGEST_WAIT:
            shown = now
        self.read_at.data = shown.isoformat()
        return shown

    def fields_for(self, draft: QuickEntries) -> dict[str, tuple[Field, object]]:
        """Return the assignee of each line, and when it is due if that has to be asked."""
        made: dict[str, tuple[Field, object]] = {}
        for entry in draft.entries:
            if entry.error:
                continue
            if entry.is_question and entry.meanings:
                made[f"when-{entry.line}"] = (self._when(entry), None)
                made[f"due-{entry.line}"] = (self._due(Where(f"when-{entry.line}", OTHERWISE)), None)
            elif not entry.meanings:
                made[f"due-{entry.line}"] = (self._due(True), None)
            made[f"who-{entry.line}"] = self._who(entry)
        return made

    def dues(self, draft: QuickEntries) -> dict[int, tuple[str, datetime]]:
        """Return the title and the due time of each line. Raises DomainError if a typed time does not exist."""
        return {entry.line: self._meant(entry) for entry in draft.entries}

    def assignee_of(self, entry: Entry) -> tuple[int | None, int | str]:
        """Return the id of the person without an account who was chosen for a line, or None and the choice of another assignee."""
        chosen = str(self[f"who-{entry.line}"].data)
        noun, _colon, number = chosen.rpartition(":")
        return (int(number), NO_ACCOUNT) if noun == _PERSON else (None, assignee_choice(chosen))

    def _meant(self, entry: Entry) -> tuple[str, datetime]:
        chosen = self[f"when-{entry.line}"].data if f"when-{entry.line}" in self else "0"
        if entry.meanings and chosen != OTHERWISE:
            meaning = entry.meanings[int(chosen)]
            return meaning.title, meaning.due_at
        name = f"due-{entry.line}"
        return entry.title, to_instant(self[name].data, self._timezone, name)

    def _when(self, entry: Entry) -> Field:
        titles = {meaning.title for meaning in entry.meanings} | {entry.title}
        offered = {
            str(number): at(meaning.due_at, self._timezone) + (f" · {meaning.title}" if len(titles) > 1 else "")
            for number, meaning in enumerate(entry.meanings)
        }
        otherwise = gettext("another time, below")
        offered[OTHERWISE] = otherwise + (f" · {entry.title}" if len(titles) > 1 else "")
        return RadioField(
            gettext("When is it due?"),
            choices=offered,
            validate_choice=False,
            validators=[AnyOf(list(offered), message=gettext("Choose when it is due."))],
        )

    @staticmethod
    def _due(required: bool | Where) -> Field:
        return fields.moment(gettext("Due"), required=required)

    def _who(self, entry: Entry) -> tuple[Field, object]:
        """Return the choice of an assignee: nobody is preselected if several may be meant, or nobody is called so."""
        meant = [*map(str, entry.assignee_ids), *(brigade_choice(number) for number, _name in entry.brigades)]
        near = {one: self._assignees[one] for one in meant if one in self._assignees}
        near |= {f"{_PERSON}:{number}": gettext("%(name)s (no account)", name=name) for number, name in entry.people}
        offered = {} if len(near) == 1 else {"": gettext("Choose one.")}
        offered |= near | {one: name for one, name in self._assignees.items() if one not in near}
        field = fields.ChooseField(
            gettext("Assignee"), choices=offered, validators=[DataRequired(gettext("Choose one."))]
        )
        return field, next(iter(near)) if len(near) == 1 else ""
