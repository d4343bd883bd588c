"""Pages of what the public does in a campaign: sign-ups."""

from app.text import N_
from app.views.mobilizing import endorsements, sign_up_links, sign_ups
from app.web.navigation import Place, Section

BLUEPRINTS = (
    endorsements.bp,
    sign_up_links.bp,
    sign_ups.bp,
)
SECTIONS = (Section(Place.CAMPAIGNS, "sign_ups.index", N_("Sign-ups"), 60, holds=("sign_ups",)),)
