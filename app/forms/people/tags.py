"""The forms for tags."""

from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from app.config import LOCALES, catalog_of
from app.domain.people.tags import TagValues
from app.domain.people.texts import check_names
from app.forms import fields
from app.forms.base import Form, Part
from app.forms.fields import given
from app.forms.picking import PickField


class TagForm(Form):
    """A tag."""

    name_es = fields.line(
        _("Name, in Spanish"), longest=80, help=_("Everyone sees the names of tags. Do not name a person in one.")
    )
    name_en = fields.line(_("Name, in English"), longest=80, help=_("One language is enough."))
    group = fields.line(_("Group"), longest=80, help=_("For example: skills, roles, topics."))
    description = fields.line(_("When to use it"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check(check_names, "name_es", "name_en")

    def values(self) -> TagValues:
        """Return the tag as it was typed."""
        names = {locale: given(self[f"name_{locale}"]) for locale in LOCALES}
        return TagValues(names=names, group=given(self.group), description=given(self.description))


class TagPart(Part):
    """What a new tag has besides its name."""

    group = fields.line(_("Group"), longest=80, help=_("For example: skills, roles, topics."))

    def values(self, name: str) -> TagValues:
        """Return a tag with this name in the reader's language."""
        return TagValues(names={catalog_of([str(get_locale())]): name[:80]}, group=given(self.group), description=None)


class TaggingForm(Form):
    """A tag to put on a person or an organization."""

    tag = PickField(_("Tag"), required=True)


class MergeTagForm(Form):
    """The tag into which another one is merged."""

    into = PickField(_("Merge into"), required=True)
