"""Remember how an account wants to see a list."""

from collections.abc import Sequence

from app.extensions import db
from app.models.accounts.accounts import User
from app.models.accounts.list_views import ListName, ListView
from app.queries.accounts import list_views


def remember(user: User, name: ListName, columns: Sequence[str], sorting: str) -> ListView:
    """Remember the columns and the order of a list for an account, instead of what was remembered before."""
    view = list_views.of_user(user.id, name) or ListView(user_id=user.id, list_name=name)
    view.columns, view.sorting = list(columns), sorting
    db.session.add(view)
    return view
