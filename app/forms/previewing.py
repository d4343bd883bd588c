"""Forms with a preview: the fields that are added once the preview is shown."""

from collections.abc import Mapping
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from app.forms.base import Form


class PreviewForm(Form):
    """A form whose content is shown as it was understood before it is saved."""

    def add_fields(self, draft: Any, sent: MultiDict[str, str] | None) -> None:
        """Add the fields that complete a draft; `sent` holds their submitted values, if any."""
        for name, (field, value) in self.fields_for(draft).items():
            # A FlaskForm has only the fields of its class; these belong to one draft.
            BaseForm.__setitem__(self, name, cast("UnboundField[Any]", field))
            self[name].process(sent, value)

    def fields_for(self, draft: Any) -> Mapping[str, tuple[Field, Any]]:
        """Return the fields that a draft needs by name, each with its initial value."""
        raise NotImplementedError
