"""Pages of deliveries."""

from app.text import N_
from app.views.mail import mail, returned
from app.web.navigation import Place, Section

BLUEPRINTS = (mail.bp, returned.bp)
SECTIONS = (
    Section(Place.ADMINISTRATION, "mail.waiting", N_("Emails"), 20, holds=("mail",)),
    Section(Place.ADMINISTRATION, "returned.index", N_("Returned emails"), 25, holds=("returned.index",)),
    Section(Place.ADMINISTRATION, "mail.mailbox", N_("Mailbox"), 30, holds=("mail.letter", "mail.letter_html")),
)
