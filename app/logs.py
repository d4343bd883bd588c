"""Logs of all processes: what happened, with ids and kinds, and no names, addresses, tokens or anything that was typed.

Messages of libraries are cut down to the words of their template: what is filled in may come from a person. Of an
error, its type and the places where it was raised are logged, and not its text, because errors of a database quote rows.
"""

import logging
import re
import sys
import traceback
from typing import Any, TextIO

import structlog
from structlog.types import EventDict

_ADDRESS = re.compile(r"\S+@\S+")
_PATH = re.compile(r"(?:\w+:/)?/\S*")
_SECRET = re.compile(r"[\w.~+=-]{24,}")
_PLAIN = re.compile(r"(?:tasks\.[\w.]+|[A-Z]\w*(?:Error|Exception)|\d{1,10}(?:\.\d+)?)")
"""What is logged although it was filled in: the name of a task, the type of an error, a number."""
_PLACEHOLDER = re.compile(r"%(?:\((?P<name>\w+)\))?[-#0 +]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
_HIDDEN = "…"
_MOST_PLACES = 6
_OWN = ("app", "tasks")


def configure(stream: TextIO = sys.stderr, *, level: int = logging.WARNING) -> logging.Handler:
    """Let everything that this process logs go to `stream`, one line each."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Formatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("waitress", "celery", "kombu", "flask_app", "werkzeug"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(capture=True)
    return handler


class Formatter(logging.Formatter):
    """Turns a record into a line of keys and values without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        event: EventDict = {"level": record.levelname.lower(), **_facts_of(record)}
        return str(_render(None, "", _stamp(None, "", event)))


_stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
_render = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)


def note(event: str, *, level: int = logging.WARNING, error: BaseException | None = None, **facts: float | str) -> None:
    """Log an event of our own. `facts` are ids, kinds and numbers, never what a person is called or has typed."""
    record = {"event": event, **facts, **(told(error) if error else {})}
    logging.getLogger("app.events").log(level, event, extra={"facts": record})


def told(error: BaseException) -> dict[str, str]:
    """Return the type of an error and of what caused it, and where in our code it was raised."""
    causes, cause = [type(error).__name__], error.__cause__ or error.__context__
    while cause is not None and len(causes) < _MOST_PLACES:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _module(frame.filename)]
    places = [f"{_module(frame.filename)}:{frame.lineno}" for frame in own[-_MOST_PLACES:]]
    last = [f"{frames[-1].name}:{frames[-1].lineno}"] if frames and frames[-1] not in own else []
    return {"error": " < ".join(causes), "at": " > ".join([*places, *last])}


def _module(path: str) -> str:
    """Return the name of a module of ours, from its file; nothing for another one."""
    found = re.search(rf"(?:^|/)((?:{'|'.join(_OWN)})/[\w/]+)\.py$", path)
    return found[1].replace("/", ".") if found else ""


def _facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be logged of a record."""
    facts: dict[str, Any] | None = getattr(record, "facts", None)
    if facts is not None:
        return facts
    error = record.exc_info[1] if record.exc_info else None
    return {"event": _words_of(record), "logger": record.name, **(told(error) if error else {})}


def _words_of(record: logging.LogRecord) -> str:
    """Return the first line of a message, without what was filled in unless it is plain."""
    line, args = str(record.msg).strip().partition("\n")[0], record.args
    if args:
        line, given = line.replace("%%", "%\0"), iter(args if isinstance(args, tuple) else ())

        def filled(place: re.Match[str]) -> str:
            value = args.get(place["name"]) if isinstance(args, dict) else next(given, "")
            return str(value) if _PLAIN.fullmatch(str(value)) else _HIDDEN

        line = _PLACEHOLDER.sub(filled, line).replace("%\0", "%")
    for pattern in (_ADDRESS, _PATH, _SECRET):
        line = pattern.sub(_HIDDEN, line)
    return line
