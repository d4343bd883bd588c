"""How many people came to a mobilization, as organizers or hosts report."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.mobilizing import mobilizations
from app.domain.mobilizing.mobilizations import TurnoutValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.models.mobilizing.mobilizations import MOST_PEOPLE


class TurnoutForm(Form):
    """How many people came."""

    turnout_least = fields.number(_("How many came"), least=0, most=MOST_PEOPLE, required=False)
    turnout_most = fields.number(
        _("At most"), least=0, most=MOST_PEOPLE, required=False, help=_("Only if a range was reported.")
    )
    not_counted = BooleanField(_("Nobody counted"))
    turnout_by = fields.line(_("Who counted"), help=_("For example: the organizers, the police, a newspaper."))
    turnout_source = fields.web_address(_("Source"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(mobilizations.check_turnout, "turnout_least", "turnout_most", "not_counted")

    def values(self) -> TurnoutValues:
        """Return the turnout as it was reported."""
        return TurnoutValues(
            turnout_least=self.turnout_least.data,
            turnout_most=self.turnout_most.data,
            not_counted=bool(self.not_counted.data),
            turnout_by=given(self.turnout_by),
            turnout_source=given(self.turnout_source),
        )
