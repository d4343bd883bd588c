"""Ways in which systems state the day of publication: in data, in UTC, only visibly, beside other days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_WEEKDAYS = {
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "ca": "dilluns dimarts dimecres dijous divendres dissabte diumenge",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
}
_UPDATED = {"es": "Actualizado", "en": "Updated", "pt": "Atualizado em", "fr": "Mis à jour le", "de": "Aktualisiert"}
_PUBLISHED = {
    "es": "Publicado", "en": "Published", "pt": "Publicado em", "fr": "Publié le", "de": "Veröffentlicht"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """What a page says about its day."""

    linked: dict[str, str] = field(default_factory=dict)
    metas: str = ""
    shown: str = ""
    """Markup beside the headline."""
    above: str = ""
    """Markup above the article."""
    beside: str = ""
    """Markup below the article and in the sidebar."""
    path: str = ""


def written(day: date, language: str, *, weekday: bool = False) -> str:
    """Return a day as newspapers of a language write it; numbers alone where the language is not known here."""
    if language not in _MONTHS:
        return day.isoformat()
    month = _MONTHS[language].split()[day.month - 1]
    form = {
        "en": f"{month} {day.day}, {day.year}",
        "de": f"{day.day}. {month} {day.year}",
        "es": f"{day.day} de {month} de {day.year}",
        "pt": f"{day.day} de {month} de {day.year}",
        "ca": f"{day.day} {'d’' if month[0] in 'ao' else 'de '}{month} de {day.year}",
    }.get(language, f"{day.day} {month} {day.year}")
    return f"{_WEEKDAYS[language].split()[day.weekday()]}, {form}" if weekday else form


def _at(day: date, hour: int, offset: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=timezone(timedelta(hours=offset)))


def _utc(day: date, hour: int, offset: int) -> str:
    return _at(day, hour, offset).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _linked_local(day: date, _language: str) -> Dated:
    return Dated({"datePublished": _at(day, 21, -3).isoformat()})


def _utc_beside_a_local_time(day: date, language: str) -> Dated:
    shown = f"<time datetime='{_at(day, 22, -5).isoformat()}'>{written(day, language)}</time>"
    return Dated({"datePublished": _utc(day, 22, -5)}, shown=shown)


def _utc_beside_a_shown_day(day: date, language: str) -> Dated:
    return Dated({"datePublished": _utc(day, 22, -4)}, shown=f"<span class=fecha>{written(day, language)}</span>")


def _utc_beside_a_shown_day_in_the_time(day: date, language: str) -> Dated:
    utc = _utc(day, 21, -6)
    return Dated({"datePublished": utc}, shown=f"<time datetime='{utc}'>{written(day, language)} 21:30</time>")


def _utc_and_address(day: date, _language: str) -> Dated:
    return Dated({"datePublished": _utc(day, 23, -3)}, path=f"/{day:%Y/%m/%d}")


def _utc_late(day: date, language: str) -> Dated:
    utc = _utc(day, 23, 0)
    return Dated({"datePublished": utc}, shown=f"<time datetime='{utc}'>{written(day, language)}</time>")


def _utc_from_the_east(day: date, language: str) -> Dated:
    shown = f"<time datetime='{_at(day, 6, 8).isoformat()}'>{written(day, language)}</time>"
    return Dated(metas=f"<meta property=article:published_time content='{_utc(day, 6, 8)}'>", shown=shown)


def _local_called_utc(day: date, language: str) -> Dated:
    shown = f"<time datetime='{_at(day, 21, -5).isoformat()}'>{written(day, language)}</time>"
    return Dated({"datePublished": f"{day}T21:30:00Z"}, shown=shown)


def _utc_beside_another_day(day: date, language: str) -> Dated:
    before = day - timedelta(days=1)
    others = (
        f"<div class=latest><time datetime='{_at(before, 20, -3).isoformat()}'>{written(before, language)}</time></div>"
    )
    return Dated({"datePublished": _utc(day, 15, 0)}, beside=others)


def _shown_with_weekday(day: date, language: str) -> Dated:
    return Dated(shown=f"<div class=fecha>{written(day, language, weekday=True)}</div>")


def _shown_in_a_line(day: date, language: str) -> Dated:
    return Dated(shown=f"<p>{written(day, language)} | 21:30 h | Valmar</p>")


def _shown_numeric(day: date, language: str) -> Dated:
    text = f"{day:%m/%d/%Y}" if language == "en" else f"{day:%d/%m/%Y}"
    text = text if language in _MONTHS else day.isoformat()
    return Dated(shown=f"<span class=date>{text}</span>")


def _shown_with_dots(day: date, language: str) -> Dated:
    text = f"{day.day}.{day.month}.{day.year}" if language in {*_MONTHS} - {"en"} else written(day, language)
    return Dated(shown=f"<span class=datum>{text}</span>")


def _shown_with_dashes(day: date, language: str) -> Dated:
    text = f"{day:%d-%m-%Y}" if language in {*_MONTHS} - {"en"} else written(day, language)
    return Dated(shown=f"<span class=info>{text} - 09:15</span>")


def _shown_in_a_time(day: date, language: str) -> Dated:
    return Dated(shown=f"<time>{written(day, language)}</time>")


def _shown_above(day: date, language: str) -> Dated:
    return Dated(above=f"<div class=meta><span>{written(day, language, weekday=True)}</span></div>")


def _shown_below(day: date, language: str) -> Dated:
    return Dated(beside=f"<p class=pie>{_PUBLISHED.get(language, 'Published')}: {written(day, language)}</p>")


def _updated_first(day: date, language: str) -> Dated:
    later = day + timedelta(days=2)
    updated = f"{_UPDATED.get(language, 'Updated')}: {written(later, language)}"
    return Dated(
        shown=f"<p class=tiempo>{updated} · {_PUBLISHED.get(language, 'Published')}: {written(day, language)}</p>"
    )


def _updated_in_data(day: date, language: str) -> Dated:
    later = day + timedelta(days=5)
    return Dated({"dateModified": _at(later, 10, -3).isoformat()}, shown=f"<span>{written(day, language)}</span>")


def _updated_in_metas(day: date, _language: str) -> Dated:
    later = _at(day + timedelta(days=3), 10, 2).isoformat()
    return Dated(
        metas=f"<meta property=article:modified_time content='{later}'><meta property=og:updated_time content='{later}'>"
        f"<meta property=article:published_time content='{_at(day, 10, 2).isoformat()}'>"
    )


def _today_in_the_header(day: date, language: str) -> Dated:
    today = day + timedelta(days=38)
    return Dated(
        shown=f"<span class=fecha>{written(day, language)}</span>",
        above=f"<div class=today>{written(today, language, weekday=True)}</div>",
    )


def _others_beside(day: date, language: str) -> Dated:
    others = "".join(
        f"<li><a href='/o{n}'>Nota</a> <span class=date>{written(day - timedelta(days=n), language)}</span></li>"
        for n in (3, 9)
    )
    return Dated(shown=f"<div>{written(day, language)}</div>", beside=f"<ul class=recent>{others}</ul>")


def _comments_below(day: date, language: str) -> Dated:
    later = day + timedelta(days=4)
    comment = f"<div class=comment><time datetime='{later}T10:00:00-03:00'>{written(later, language)}</time></div>"
    return Dated(shown=f"<span class=posted>{written(day, language)}</span>", beside=comment)


def _address_alone(day: date, _language: str) -> Dated:
    return Dated(path=f"/{day:%Y%m%d}")


def _dublin_core(day: date, _language: str) -> Dated:
    return Dated(metas=f"<meta name=DC.date.issued content='{day}'>")


def _microdata(day: date, language: str) -> Dated:
    return Dated(shown=f"<span itemprop=datePublished content='{day}T10:00:00+02:00'>{written(day, language)}</span>")


def _clock_beside(day: date, language: str) -> Dated:
    return Dated(shown=f"<div class=data>{written(day, language)} às 21h30</div>")


def _compact(day: date, _language: str) -> Dated:
    return Dated(metas=f"<meta name=date content='{day:%Y%m%d}'>")


DAYS: dict[str, Callable[[date, str], Dated]] = {
    "linked data with its offset": _linked_local,
    "UTC beside a local time": _utc_beside_a_local_time,
    "UTC beside a shown day": _utc_beside_a_shown_day,
    "UTC in a time that shows a day": _utc_beside_a_shown_day_in_the_time,
    "UTC and a dated address": _utc_and_address,
    "UTC late in the evening": _utc_late,
    "UTC from the east": _utc_from_the_east,
    "local time called UTC": _local_called_utc,
    "UTC beside the day of another": _utc_beside_another_day,
    "only shown, with a weekday": _shown_with_weekday,
    "only shown, in a line": _shown_in_a_line,
    "only shown, in numbers": _shown_numeric,
    "only shown, with dots": _shown_with_dots,
    "only shown, with dashes": _shown_with_dashes,
    "only shown, in a time": _shown_in_a_time,
    "only shown above": _shown_above,
    "only shown below": _shown_below,
    "updated, then published": _updated_first,
    "updated in linked data": _updated_in_data,
    "updated in metas": _updated_in_metas,
    "today in the header": _today_in_the_header,
    "days of others beside": _others_beside,
    "comments below": _comments_below,
    "address alone": _address_alone,
    "Dublin Core": _dublin_core,
    "microdata": _microdata,
    "hour beside": _clock_beside,
    "eight digits": _compact,
}
