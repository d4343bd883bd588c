"""The forms for tags."""

from flask_babel import lazy_gettext as _

from app.domain.people.tags import TagValues
from app.forms import fields
from app.forms.base import Form, Part
from app.forms.fields import given
from app.forms.picking import PickField


class TagForm(Form):
    """A tag."""

    name = fields.line(
        _("Name"), required=True, longest=80, help=_("Everyone sees the names of tags. Do not name a person in one.")
    )
    group = fields.line(_("Group"), longest=80, help=_("For example: skills, roles, topics."))
    description = fields.line(_("When to use it"))

    def values(self) -> TagValues:
        """Return the tag as it was typed."""
        return TagValues(name=given(self.name), group=given(self.group), description=given(self.description))


class TagPart(Part):
    """What a new tag has besides its name."""

    group = fields.line(_("Group"), longest=80, help=_("For example: skills, roles, topics."))

    def values(self, name: str) -> TagValues:
        """Return a tag with this name."""
        return TagValues(name=name[:80], group=given(self.group), description=None)


class TaggingForm(Form):
    """A tag to put on a person or an organization."""

    tag = PickField(_("Tag"), required=True)


class MergeTagForm(Form):
    """The tag into which another one is merged."""

    into = PickField(_("Merge into"), required=True)
