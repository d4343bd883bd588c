"""Notes in the text of an article."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.domain.press.notes import LONGEST_QUOTATION, NoteValues
from app.forms import fields
from app.forms.base import Form
from app.forms.fields import given


class NoteForm(Form):
    """Words of an article, and a note about them."""

    quotation = fields.lines(
        _("Passage"),
        longest=LONGEST_QUOTATION,
        required=True,
        help=_("Copy the words from the text and paste them here. They will be highlighted in the article."),
    )
    place = fields.select(_("Which occurrence"), coerce=fields.number_or_none)
    body = fields.lines(_("Note"), help=_("Without a note, the words are just highlighted."))
    subject = fields.select(_("Visible to"), required=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.offer_places([])

    def offer_places(self, places: Sequence[tuple[int, str]]) -> None:
        """Offer the places where the words occur."""
        self.place.offer([("", gettext("– choose –")), *places])

    def values(self) -> NoteValues:
        """Return the note as it was typed, for the congress or campaign that was chosen if the form asks for it."""
        kind, _colon, number = str(self.subject.data if "subject" in self else "").partition(":")
        return NoteValues(
            quotation=given(self.quotation),
            place=self.place.data,
            body=given(self.body),
            congress_id=int(number) if kind == "congress" else None,
            campaign_id=int(number) if kind == "campaign" else None,
        )
