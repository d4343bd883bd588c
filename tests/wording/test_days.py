"""The format of days, times and zones in each language."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from app import clock
from app.wording.formats import at, at_both, clock_time, day, days, from_until, month, span, zone_name

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 19, 16, tzinfo=UTC)
NOVEMBER = datetime(2025, 11, 21, 22, tzinfo=UTC)


@pytest.fixture
def reading_in(house):
    """Return a function that calls another one as a page in `locale` does, in March 2026."""

    def read(locale, write, *given):
        with house.app.test_request_context(), force_locale(locale), clock.travel(NOW):
            return write(*given)

    return read


@pytest.mark.parametrize(
    ("write", "given", "english", "spanish"),
    [
        (at, (FEBRUARY, "America/Caracas"), "Thu, Feb 19, 12:00 (Caracas)", "jue 19 feb 12:00 (Caracas)"),
        (at, (NOVEMBER, "America/Bogota"), "Fri, Nov 21, 2025, 17:00 (Bogotá)", "vie 21 nov 2025 17:00 (Bogotá)"),
        (at_both, (FEBRUARY, "America/Bogota", "America/Caracas"), "Thu, Feb 19, 11:00 (Bogotá) = 12:00 (Caracas)",
         "jue 19 feb 11:00 (Bogotá) = 12:00 (Caracas)"),
        (clock_time, (datetime.fromisoformat("2026-02-19T12:00"),), "Feb 19, 12:00", "19 feb 12:00"),
        (clock_time, (datetime.fromisoformat("2025-11-21T18:00"),), "Nov 21, 2025, 18:00", "21 nov 2025 18:00"),
        (day, (date(2026, 1, 5),), "January 5, 2026", "5 de enero de 2026"),
        (days, (date(2025, 12, 11), date(2025, 12, 13)), "December 11–13, 2025", "11–13 de diciembre de 2025"),
        (days, (date(2025, 12, 30), date(2026, 1, 2)), "December 30, 2025 – January 2, 2026",
         "30 de diciembre de 2025 – 2 de enero de 2026"),
        (month, (date(2025, 12, 11),), "December 2025", "diciembre de 2025"),
        (span, (FEBRUARY, NOW, "UTC"), "Feb 19 – Mar 1", "19 feb – 1 mar"),
        (span, (NOVEMBER, FEBRUARY, "UTC"), "Nov 21, 2025 – Feb 19, 2026", "21 nov 2025 – 19 feb 2026"),
        (zone_name, ("America/Sao_Paulo",), "São Paulo", "São Paulo"),
        (zone_name, ("America/Mexico_City",), "Mexico City", "Ciudad de México"),
        (zone_name, ("Europe/Zurich",), "Zurich", "Zúrich"),
    ],
)  # fmt: skip
def test_dates_and_times_are_formatted_for_the_language(reading_in, write, given, english, spanish):
    assert (reading_in("en", write, *given), reading_in("es", write, *given)) == (english, spanish)


def test_both_ends_of_a_period_show_the_year_if_one_is_in_another_year(reading_in):
    zone = "America/Caracas"
    assert reading_in("en", from_until, NOVEMBER, FEBRUARY, zone) == (
        "Fri, Nov 21, 2025, 18:00 (Caracas)",
        "Thu, Feb 19, 2026, 12:00 (Caracas)",
    )
    assert reading_in("en", from_until, FEBRUARY, NOW, zone)[0] == "Thu, Feb 19, 12:00 (Caracas)"
