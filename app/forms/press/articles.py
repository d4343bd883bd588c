"""Articles."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from app.domain.press import articles
from app.domain.press.articles import LONGEST_TEXT, ArticleValues
from app.forms import fields
from app.forms.base import Form, Question
from app.forms.fields import given
from app.forms.picking import PickField
from app.wording.formats import language_name, sentence
from app.wording.labels import LANGUAGES


def _languages(none: str) -> list[tuple[str, str]]:
    """Return the languages of articles in the reader's own, after the choice of none."""
    return [("", none), *((tag, sentence(language_name(tag))) for tag in LANGUAGES)]


class PasteForm(Form):
    """An article by its address, or as it was copied: the next page shows it split into fields."""

    url = fields.web_address(_("Address"), help=_("If you enter only the address, the page is fetched and read."))
    in_language = fields.select(_("Language of the text"), help=_("If left blank, it is detected from the text."))
    pasted = fields.lines(
        _("Text"),
        longest=LONGEST_TEXT,
        rows=12,
        help=_(
            "Paste the whole article, including the republication notice, disclaimer and captions. You can review each part on the next page."
        ),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.in_language.offer(_languages(gettext("– choose –")))


class ArticleForm(Form):
    """An article split into fields, for a person to confirm."""

    headline = fields.line(_("Headline"), required=True)
    authors = fields.line(_("Written by"))
    translators = fields.line(_("Translated by"), help=_("Only for a translation."))
    in_language = fields.select(_("Language of the text"), required=True)
    publisher = fields.line(_("Publisher"), help=_("For a republication, the outlet that republished it."))
    date_published = fields.day(_("Publication date"))
    url = fields.web_address(_("Address"))
    original_publisher = fields.line(_("First published in"), help=_("Only if it was first published elsewhere."))
    original_date = fields.day(_("First published on"))
    republication_notice = fields.lines(_("Republication notice"), help=_("Copy it exactly as published."))
    may_be_republished = BooleanField(
        _("The text may be republished"),
        description=_(
            "Its license or publisher allows this. If the article has no address, the digest links to a public page with the text."
        ),
    )
    disclaimer = fields.lines(
        _("Disclaimer"), help=_("Copy it exactly as published. It is shown under the article in every digest.")
    )
    captions = fields.lines(_("Captions"), help=_("One per line. They are not part of the text."))
    excerpt = fields.lines(_("Excerpt"), longest=1000, required=True, help=_("Shown to members in the digest."))
    text = fields.lines(
        _("Text"),
        longest=LONGEST_TEXT,
        rows=16,
        help=_("If the page is taken down, the saved text remains as evidence."),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(articles.check_source, "url", "text")
        self.check(articles.check_days, "date_published", "original_date")
        self.in_language.offer(_languages(gettext("– choose –")))

    def values(self) -> ArticleValues:
        """Return the article as it was confirmed."""
        return ArticleValues(
            headline=given(self.headline),
            authors=given(self.authors),
            translators=given(self.translators),
            in_language=self.in_language.data,
            publisher=given(self.publisher),
            date_published=self.date_published.data,
            url=given(self.url),
            original_publisher=given(self.original_publisher),
            original_date=self.original_date.data,
            republication_notice=given(self.republication_notice),
            may_be_republished=self.may_be_republished.data,
            disclaimer=given(self.disclaimer),
            captions=given(self.captions),
            excerpt=given(self.excerpt),
            text=given(self.text),
        )


class SearchForm(Question):
    """Search for articles. Invalid values are left out, with an error at their field."""

    q = fields.words(
        _("Keywords"),
        help=_("Searches the headline, author, publisher and text. You can enter just the start of a word."),
    )
    campaign = fields.select(_("Cited in campaign"), coerce=fields.number_or_none)
    publisher = fields.words(_("Publisher"))
    language = fields.select(_("Language of the text"))
    since = fields.day(_("Published on or after"))
    until = fields.day(_("Published on or before"))
    broken = BooleanField(_("Only articles whose page no longer exists"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.language.offer(_languages(gettext("– any –")))


class KeepForm(ArticleForm):
    """The same, and where to cite it once it is saved; the view passes in the options."""

    subject = fields.select(_("Cite this article in"), help=_("Where members and delegations will find it."))


class CiteForm(Form):
    """Where an article is cited; the view passes in the options."""

    subject = fields.select(_("Cite this article in"))


class CiteArticleForm(Form):
    """Which article is cited here."""

    article = PickField(_("Article"), required=True, help=_("Start typing the headline, then choose."))
