"""The form for how long a kind of data is kept."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field

from app.forms import fields
from app.forms.previewing import PreviewForm
from app.models.privacy.retention import MOST_DAYS


class PeriodForm(PreviewForm):
    """A number of days, or none."""

    days = fields.number(
        _("Days"),
        least=1,
        most=MOST_DAYS,
        required=False,
        help=_("Without a number, nothing of this kind is deleted until somebody does it by hand."),
    )

    def fields_for(self, _draft: Any) -> Mapping[str, tuple[Field, Any]]:
        """Return no fields: a period is complete as it is."""
        return {}
