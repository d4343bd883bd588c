"""Forms with preview: what a page adds to them once it shows how they were understood."""

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
        """Add the fields with which a reader completes what a draft shows; `sent` is what was sent of them, if anything."""
        for name, (field, value) in self.fields_for(draft).items():
            # A FlaskForm takes only the fields of its class; these belong to one draft.
            BaseForm.__setitem__(self, name, cast("UnboundField[Any]", field))
            self[name].process(sent, value)

    def fields_for(self, draft: Any) -> Mapping[str, tuple[Field, Any]]:
        """Return the fields that a draft calls for by name, each with the value it begins with."""
        raise NotImplementedError
