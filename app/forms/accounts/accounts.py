"""Signing in, one's own account, and the accounts of others."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired, Length

from app.config import LOCALES
from app.domain.accounts import accounts, passwords
from app.domain.accounts.accounts import AccountValues, FirstAdminValues, OwnProfileValues, ProfileValues
from app.forms import fields
from app.forms.accounts.passkeys import Answer, AnsweredForm
from app.forms.base import Form
from app.forms.fields import given
from app.forms.picking import ZoneField
from app.forms.presence import Where
from app.models.accounts.accounts import Role
from app.wording.labels import LANGUAGES, label
from app.wording.member_labels import WEEKDAYS

_LOCALES = [(locale, LANGUAGES[locale]) for locale in LOCALES]


class SignInForm(Form):
    """Address and password, and where to go afterwards."""

    email = fields.email(_("Email address"), required=True, autocomplete="username")
    password = PasswordField(
        _("Password"),
        validators=[DataRequired(_("This field is required.")), Length(max=500)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    kept = HiddenField()


class OpeningForm(AnsweredForm):
    """Who wants a house open that is locked: address, password and code, or a passkey instead."""

    email = fields.email(_("Email address"), required=Where("credential", "", None), autocomplete="username")
    password = PasswordField(
        _("Password"),
        validators=[Where("credential", "", None), Length(max=500)],
        render_kw={"autocomplete": "current-password"},
    )
    code = fields.line(
        _("Code"),
        required=Where("credential", "", None),
        autocomplete="one-time-code",
        help=_("From the application on your phone, or a recovery code."),
    )


CONFIRMING = "confirming_password"
"""The name of the password in ConfirmForm, which is on one page with the fields of the form that waits for it."""
_ANSWERED = "confirming_credential"
CONFIRMING_FIELDS = (CONFIRMING, "confirming_code", _ANSWERED, "confirming_state")
"""All names of its own fields. What is in them is never kept."""


class ConfirmForm(Form):
    """The password, and a code if the account has a second factor, before something sensitive is done; or a passkey instead."""

    confirming_password = PasswordField(
        _("Password"),
        validators=[Where(_ANSWERED, "", None), Length(max=500)],
        render_kw={"autocomplete": "current-password"},
    )
    confirming_code = fields.line(
        _("Code"),
        required=Where(_ANSWERED, "", None),
        autocomplete="one-time-code",
        help=_("From the application on your phone, or a recovery code."),
    )
    confirming_credential = HiddenField(validators=[Length(max=20_000)])
    confirming_state = HiddenField()

    def __init__(self, *, needs_code: bool = True) -> None:
        super().__init__()
        if not needs_code:
            del self.confirming_code

    @property
    def answer(self) -> Answer:
        """The question, and the answer of a passkey if there is one."""
        return Answer(str(self.confirming_state.data or ""), str(self.confirming_credential.data or ""))

    def add_message(self, name: str, sentence: str) -> None:
        """Show a sentence beside a field."""
        self[name].errors = (*self[name].errors, sentence)


class PasswordForm(Form):
    """Choosing a password."""

    password = PasswordField(
        _("New password"),
        description=_(
            "At least %(length)d characters. A phrase is easier to remember than a word.", length=passwords.MIN_LENGTH
        ),
        validators=[DataRequired(_("This field is required."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *names: str) -> None:
        """Set the names and addresses of the account, which must not be what the password consists of."""
        super().__init__()
        self.check(lambda password: passwords.check(password, *names), "password")


class ForgottenForm(Form):
    """Requesting an email to choose a new password."""

    email = fields.email(_("Email address"), required=True, autocomplete="username")


class ProfileForm(Form):
    """The name, address and preferences of one's own account."""

    name = fields.line(_("Name"), required=True, autocomplete="name")
    locale = fields.select(_("Language"), help=_("Used on pages and in emails."))
    timezone = ZoneField(_("Time zone"), required=True, help=_("Used to show due dates."))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.locale.offer(_LOCALES)

    def values(self) -> ProfileValues:
        """Return the name, address and preferences as they were typed."""
        return ProfileValues(name=given(self.name), locale=given(self.locale), timezone=given(self.timezone))


class OwnProfileForm(ProfileForm):
    """The profile of one's own account, with the time of the daily letter."""

    reminder_hour = fields.number(
        _("Hour of the daily letter"),
        least=0,
        most=23,
        default=8,
        help=_("On days on which actions wait for you, one email lists all of them at this hour."),
    )
    quiet_days = fields.choose_many(_("Days without that letter"), help=_("What waits is in the next one."))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.quiet_days.offer(enumerate(WEEKDAYS))
        self.check(accounts.check_quiet_days, "quiet_days")

    def values(self) -> OwnProfileValues:
        """Return the profile as it was typed."""
        return OwnProfileValues(
            **super().values(),
            reminder_hour=given(self.reminder_hour),
            quiet_days=sorted(self.quiet_days.data or []),
        )


class UserForm(ProfileForm):
    """An account for another person."""

    email = fields.email(
        _("Email address"), required=True, help=_("An invitation to choose a password is sent by email.")
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(accounts.check_email, "email")

    def values(self) -> AccountValues:
        """Return the account as it was typed."""
        return AccountValues(**super().values(), email=given(self.email))


class FirstAdminForm(ProfileForm):
    """The first account of an empty installation."""

    email = fields.email(_("Email address"), required=True, autocomplete="username")
    password = PasswordField(
        _("Password"),
        description=_(
            "At least %(length)d characters. A phrase is easier to remember than a word.", length=passwords.MIN_LENGTH
        ),
        validators=[DataRequired(_("This field is required."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(passwords.check, "password", "name", "email")

    def values(self) -> FirstAdminValues:
        """Return the account as it was typed."""
        return FirstAdminValues(**super().values(), email=given(self.email), password=given(self.password))


class GrantForm(Form):
    """A role, and its scope; the view passes in the choices."""

    role = fields.one_of(_("Role"), Role, label, default=Role.ORGANIZER)
    scope = fields.select(_("Access to"))
    until = fields.day(_("Until"), help=_("The role ends by itself at the end of this day, in your time zone."))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.check(accounts.check_last_day, "until")
