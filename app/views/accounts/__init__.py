"""Pages of accounts, grants, and who changed what."""

from app.text import N_
from app.views.accounts import (
    accounts,
    approvals,
    codes,
    factor_resets,
    factors,
    house,
    locks,
    log,
    passkeys,
    pending,
    removed,
    sessions,
    signs,
    state,
    undo,
    users,
)
from app.web.navigation import Place, Section

BLUEPRINTS = (
    accounts.bp, approvals.bp, codes.bp, factor_resets.bp, factors.bp, house.bp, locks.bp, log.bp, passkeys.bp,
    pending.bp, removed.bp, sessions.bp, signs.bp, state.bp, undo.bp, users.bp,
)  # fmt: skip
SECTIONS = (
    Section(Place.ADMINISTRATION, "users.index", N_("Accounts"), 10, holds=("users", "factor_resets")),
    Section(Place.ADMINISTRATION, "approvals.waiting", N_("Approvals"), 70, holds=("approvals",)),
    Section(Place.ADMINISTRATION, "log.lines", N_("Audit log"), 80, holds=("log",)),
    Section(Place.ADMINISTRATION, "state.show", N_("State of the house"), 85, holds=("state",)),
    Section(Place.ADMINISTRATION, "house.settings", N_("Settings of the house"), 90, holds=("house",)),
    Section(Place.CONGRESSES, "undo.of_congress", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.CAMPAIGNS, "undo.of_campaign", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.ARTICLES, "undo.of_house", N_("Changes you can undo"), 90, holds=("undo",)),
    Section(Place.ARTICLES, "pending.index", N_("Proposed changes"), 80, holds=("pending",)),
    Section(Place.ACCOUNT, "removed.index", N_("Recently removed"), 90, holds=("removed",)),
    Section(
        Place.ACCOUNT,
        "accounts.profile",
        N_("My account"),
        10,
        holds=("accounts", "factors", "passkeys", "sessions", "locks"),
    ),
)
REMOVED = (users.removed,)
