"""Pages of accounts, grants, and who changed what."""

from app.text import N_
from app.views.accounts import accounts, removed, undo, users
from app.web.navigation import Place, Section

BLUEPRINTS = (accounts.bp, removed.bp, undo.bp, users.bp)
SECTIONS = (
    Section(Place.ADMINISTRATION, "users.index", N_("Accounts"), 10, holds=("users",)),
    Section(Place.CONGRESSES, "undo.of_congress", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.CAMPAIGNS, "undo.of_campaign", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.ARTICLES, "undo.of_house", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.ACCOUNT, "removed.index", N_("Recently removed"), 90, holds=("removed",)),
    Section(Place.ACCOUNT, "accounts.profile", N_("My account"), 10, holds=("accounts",)),
)
REMOVED = (users.removed,)
