"""Pictures of mobilizations, and what the press wrote."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from app.domain.mobilizing.coverage import PictureValues, PressValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import PickField


class PictureForm(Form):
    """A picture, with what it shows."""

    file = FileField(
        _("Picture"),
        validators=[FileRequired(_("Choose a file."))],
        description=_("JPEG, PNG or WebP. Where and with what it was taken is removed."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    description = fields.lines(
        _("What is to be seen"), longest=300, rows=2, required=True, help=_("For those who cannot see the picture.")
    )
    credit = fields.line(_("Picture by"))

    def values(self) -> PictureValues:
        """Return the picture as it was uploaded."""
        with self.file.data.stream as sent:
            content = sent.read()
        return PictureValues(content=content, description=str(self.description.data), credit=given(self.credit))


class AddressForm(Form):
    """What the press wrote, by its address."""

    url = fields.web_address(_("Address"))
    title = fields.line(_("Headline"))

    def values(self) -> PressValues:
        """Return the address."""
        return PressValues(article=None, url=given(self.url), title=given(self.title))


class PressForm(AddressForm):
    """What the press wrote: an article on record, or an address."""

    article = PickField(_("Article"), help=_("Start typing the headline, then choose."))

    def values(self) -> PressValues:
        """Return the article or the address."""
        return {**super().values(), "article": self.article.picked()}
