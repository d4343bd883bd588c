"""The state of the house in words: what was found about each sign, and what to do about it."""

from typing import NamedTuple

from flask_babel import gettext

from app.models.accounts.alarms import Sign
from app.queries.state import Case, Condition, Line
from app.text import N_
from app.wording.formats import at as at_place

TITLES = {
    Sign.DATABASE: N_("Database"),
    Sign.LETTERS: N_("Emails"),
    Sign.RETURNED: N_("Returned emails"),
    Sign.WORKER: N_("Worker"),
    Sign.BEAT: N_("Schedule"),
    Sign.BACKUP: N_("Backup"),
    Sign.DISK: N_("Disk space"),
    Sign.MESSAGES: N_("Messages to the worker"),
    Sign.PROXY: N_("Proxy"),
}
CONDITIONS = {
    Condition.GOOD: N_("good"),
    Condition.NOTE: N_("for your information"),
    Condition.ATTENTION: N_("needs attention"),
}


class _Words(NamedTuple):
    """What was found, and what to do about it; `about_time` says what the time of the line means."""

    found: str
    advice: str = ""
    about_time: str = ""


_LAST = N_("Last sign of life: %(time)s.")
_SINCE = N_("Since %(time)s.")
_RESTART = N_(
    "Look at the log of the machine, and start Encuentro again. Emails are kept, and sent when the worker works again."
)

_WORDS = {
    (Sign.DATABASE, Case.GOOD): _Words(N_("It answers.")),
    (Sign.DATABASE, Case.DOWN): _Words(
        N_("It does not answer: nothing can be read or saved."),
        N_("Check that the database runs, that its disk has room, and that DATABASE_URL is right."),
    ),
    (Sign.LETTERS, Case.GOOD): _Words(N_("What is due is being sent.")),
    (Sign.LETTERS, Case.STANDING): _Words(
        N_("Emails are due, and none is being sent."),
        N_("See whether the worker and the schedule work. If they do, look at the log of the worker."),
        N_("The oldest one has been due since %(time)s."),
    ),
    (Sign.LETTERS, Case.RELAY): _Words(
        N_("One of the mail servers takes no emails; the others send them."),
        N_(
            "The page of emails shows which one it is, and the error. Check its address in MAIL_URL, and that it can be reached."
        ),
    ),
    (Sign.LETTERS, Case.FAILING): _Words(
        N_("Every attempt to send emails fails."),
        N_("The page of emails shows the error. Check MAIL_URL, and that the mail server can be reached."),
        _SINCE,
    ),
    (Sign.LETTERS, Case.QUEUED): _Words(
        N_("Emails that somebody waits for, such as confirmations, have been due for minutes."),
        N_(
            "The page of emails shows what the mail server says. If it takes emails, see whether the worker has too much to do."
        ),
        N_("The oldest one has been due since %(time)s."),
    ),
    (Sign.RETURNED, Case.GOOD): _Words(N_("Their mailbox can be read.")),
    (Sign.RETURNED, Case.AWAY): _Words(
        N_("Their mailbox cannot be read: its server does not answer."),
        N_(
            "Check the address in MAIL_BOUNCE_URL, and that the server can be reached. Until then, nobody learns what came back."
        ),
        _SINCE,
    ),
    (Sign.RETURNED, Case.INSECURE): _Words(
        N_(
            "Their mailbox cannot be read: the connection cannot be encrypted, or the certificate of its server is not right."
        ),
        N_("Check the name of the server in MAIL_BOUNCE_URL, and its certificate."),
        _SINCE,
    ),
    (Sign.RETURNED, Case.CLOSED): _Words(
        N_("Their mailbox cannot be read: its server answers and does not open it."),
        N_("Check the user, the password and the folder in MAIL_BOUNCE_URL."),
        _SINCE,
    ),
    (Sign.RETURNED, Case.FOLDER): _Words(
        N_("Their mailbox cannot be read: the folder is missing, or belongs to another user."),
        N_("Check the path in MAIL_BOUNCE_URL, and that the user who runs Encuentro may read and change the folder."),
        _SINCE,
    ),
    (Sign.WORKER, Case.GOOD): _Words(N_("It works: emails are sent, and tasks are done."), "", _LAST),
    (Sign.WORKER, Case.FIRST): _Words(N_("It is starting.")),
    (Sign.WORKER, Case.SILENT): _Words(N_("It does nothing: no email is sent."), _RESTART, _LAST),
    (Sign.WORKER, Case.NEVER): _Words(
        N_("It has never worked since Encuentro was started: no email is sent."),
        N_("Run the worker on this machine or on another one. The log says why it ends, if it does."),
        _SINCE,
    ),
    (Sign.BEAT, Case.GOOD): _Words(N_("The worker is woken up for everything that is due."), "", _LAST),
    (Sign.BEAT, Case.FIRST): _Words(N_("It is starting.")),
    (Sign.BEAT, Case.SILENT): _Words(
        N_("It stands still: nothing wakes the worker up, so no email is sent."), _RESTART, _LAST
    ),
    (Sign.BEAT, Case.NEVER): _Words(
        N_("It has never worked since Encuentro was started, so nothing wakes the worker up."),
        N_("Run beat on exactly one machine. The log says why it ends, if it does."),
        _SINCE,
    ),
    (Sign.BACKUP, Case.GOOD): _Words(N_("There is a recent one."), "", N_("Last good backup: %(time)s.")),
    (Sign.BACKUP, Case.NONE): _Words(
        N_("None is made at night."),
        N_(
            "If this house holds real data, set BACKUP_RECIPIENT, as docs/backups.md describes. Nothing needs to be done "
            "if you back it up by other means, or if you are only trying it out."
        ),
        N_("Last good backup: %(time)s."),
    ),
    (Sign.BACKUP, Case.FIRST): _Words(N_("The first one is made at night.")),
    (Sign.BACKUP, Case.LATE): _Words(
        N_("The backup of last night is missing."),
        N_("Run “encuentro backup” on the machine: it says what is wrong."),
        N_("Last good backup: %(time)s."),
    ),
    (Sign.BACKUP, Case.NEVER): _Words(
        N_("Backups are set up, but there is none yet."),
        N_("Run “encuentro backup” on the machine: it makes one, or says what is wrong."),
        _SINCE,
    ),
    (Sign.DISK, Case.GOOD): _Words(N_("There is enough.")),
    (Sign.DISK, Case.FULL): _Words(
        N_("The disk is nearly full. When it is, nothing can be saved."),
        N_("Make room on the disk of VAR_DIR: old backups and logs are usually the largest."),
        _SINCE,
    ),
    (Sign.DISK, Case.UNKNOWN): _Words(
        N_("VAR_DIR cannot be read."),
        N_("Check that the folder exists, and that it belongs to the user who runs Encuentro."),
        _SINCE,
    ),
    (Sign.MESSAGES, Case.GOOD): _Words(N_("All can be read.")),
    (Sign.MESSAGES, Case.UNREADABLE): _Words(
        N_("Some could not be read and were set aside."),
        N_(
            "No email is lost by this. It happens when the disk was full or the machine lost power: check both. This "
            "line is good again a day after the last one."
        ),
        N_("The last one was set aside on %(time)s."),
    ),
    (Sign.PROXY, Case.GOOD): _Words(N_("The addresses of visitors are known.")),
    (Sign.PROXY, Case.UNDECLARED): _Words(
        N_("Requests come through a proxy that is not declared, so all visitors share one address."),
        N_(
            "Set PROXIES to the number of proxies in front, and start Encuentro again. If there is none, delete the file "
            "undeclared-proxy in VAR_DIR."
        ),
        _SINCE,
    ),
}


class Told(NamedTuple):
    """A line in words."""

    title: str
    condition: str
    found: str
    time: str
    advice: str


def title_of(sign: Sign) -> str:
    """Return the name of a sign."""
    return str(gettext(TITLES[sign]))


def told(line: Line, zone: str) -> Told:
    """Return a line in the current language, with its time in a zone."""
    words = _WORDS[line.sign, line.case]
    time = gettext(words.about_time, time=at_place(line.at, zone)) if line.at and words.about_time else ""
    return Told(
        title=title_of(line.sign),
        condition=gettext(CONDITIONS[line.condition]),
        found=gettext(words.found),
        time=time,
        advice=gettext(words.advice) if words.advice else "",
    )


def in_english(line: Line) -> str:
    """Return a line for logs and terminals, which need no language."""
    words = _WORDS[line.sign, line.case]
    time = words.about_time % {"time": f"{line.at:%Y-%m-%d %H:%M} UTC"} if line.at and words.about_time else ""
    told = (f"{TITLES[line.sign]}: {CONDITIONS[line.condition]}. {words.found}", time, words.advice)
    return " ".join(filter(None, told))
