"""The settings of the house."""

from flask_babel import lazy_gettext as _

from app.forms import fields
from app.forms.base import Form
from app.models.accounts.accounts import Role
from app.models.accounts.approvals import MANY_PEOPLE
from app.models.accounts.house import CrossingRule, Rule
from app.wording.labels import label


class HouseForm(Form):
    """The roles that need a second factor, who decides on crossings, and what needs two admins."""

    roles = fields.choose_many(
        _("Roles that need a second factor"),
        coerce=str,
        help=_("Whoever has one of these roles anywhere is asked to turn on a second factor before anything else."),
    )
    crossing_rule = fields.one_of(
        _("Who verifies and bans border crossings"),
        CrossingRule,
        label,
        default=CrossingRule.COORDINATOR,
        help=_("This decides which routes are proposed to everyone. What others say about a crossing waits for them."),
    )
    rules = fields.choose_many(
        _("What needs two admins"),
        coerce=str,
        help=_(
            "One asks, and another one approves. Many people are more than %(most)d, in all files that one account downloads "
            "within a day. Whatever is chosen here can be taken out again only if another admin approves that as well.",
            most=MANY_PEOPLE,
        ),
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.roles.offer([(role.value, label(role)) for role in Role])
        self.rules.offer([(rule.value, label(rule)) for rule in Rule])
