"""Which articles are versions of each other."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.forms.picking import PickField
from app.models.press.articles import VersionKind
from app.wording.labels import label


class TieForm(Form):
    """Two articles that are versions of one, and which came first; the view labels the choices."""

    other = PickField(_("Article"), required=True, help=_("Start typing words from the headline, then choose."))
    kind = fields.one_of(_("Relationship"), VersionKind, label, default=VersionKind.TRANSLATION)
    first = fields.select(_("Original version"), default="earlier")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        earlier = ("earlier", _("The one with the earlier publication date"))
        self.first.offer([earlier, ("other", _("The article chosen here")), ("this", _("This article"))])


class AnswerForm(Form):
    """A person's decision on two articles that may be versions of one: a kind, or that they are not."""

    NO = "no"

    answer = fields.select(_("Relationship"))
    first = fields.select(_("Original version"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.answer.offer([(kind.value, label(kind)) for kind in VersionKind] + [(self.NO, self.NO)])
        self.first.offer([("other", ""), ("this", "")])
