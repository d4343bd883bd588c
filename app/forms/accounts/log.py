"""Search in the audit log."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Question
from app.models.oversight.covered import covers
from app.models.oversight.lines import ActorKind, LogVerb
from app.wording.labels import label

_LARGEST = 2**31 - 1


class LogSearchForm(Question):
    """Search for lines. Invalid values are left out, with an error at their field; the view passes in the tables."""

    q = fields.words(_("Account"), help=_("A name or an email address."))
    kind = fields.one_of(_("Who"), ActorKind, label, empty=_("– any –"))
    verb = fields.one_of(_("What was done"), LogVerb, label, empty=_("– any –"))
    table = fields.select(_("Table"))
    record = fields.number(_("Number of the record"), least=1, most=_LARGEST, required=False)
    since = fields.day(_("From"))
    until = fields.day(_("Until"))

    def offer_tables(self, tables: list[str]) -> None:
        """Offer tables, under the names that they have in the database."""
        self.table.offer([("", _("– any –")), *((name, name) for name in sorted(tables) if covers(name))])
