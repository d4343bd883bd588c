"""Pages of accounts, grants, and who changed what."""

from app.text import N_
from app.views.accounts import accounts, users
from app.web.navigation import Place, Section

BLUEPRINTS = (accounts.bp, users.bp)
SECTIONS = (
    Section(Place.ADMINISTRATION, "users.index", N_("Accounts"), 10, holds=("users",)),
    Section(Place.ACCOUNT, "accounts.profile", N_("My account"), 10, holds=("accounts",)),
)
