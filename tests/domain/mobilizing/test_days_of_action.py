"""When a day of action begins in each zone, compared with the rules of `zoneinfo` for zones and dates of all kinds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app import zones
from app.domain.mobilizing import days_of_action
from app.domain_errors import DomainError, UndecidedError
from app.models.mobilizing.days_of_action import DayOfAction, Synchronization


@given(zone=st.sampled_from(zones.known()), day=st.dates(date(2000, 1, 1), date(2050, 1, 1)), hour=st.times())
def test_the_same_local_hour_is_what_clocks_show_in_every_zone(zone, day, hour):
    hour = hour.replace(second=0, microsecond=0, tzinfo=None)
    call = DayOfAction(synchronized_by=Synchronization.SAME_LOCAL_HOUR, local_day=day, local_hour=hour)
    shown = datetime.combine(day, hour)
    readings = {shown.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = {one for one in readings if one.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == shown}
    try:
        assert {days_of_action.start_in(call, zone, "starts")} == real
        assert days_of_action.start_in(call, zone, "starts") <= days_of_action.last_start(call) + timedelta(hours=1)
    except UndecidedError:
        assert len(real) == 2
    except DomainError:
        assert real == set()


@given(zone=st.sampled_from(zones.known()), instant=st.datetimes(timezones=st.just(UTC)))
def test_the_same_instant_is_the_same_in_every_zone(zone, instant):
    call = DayOfAction(synchronized_by=Synchronization.SAME_INSTANT, starts_at=instant, timezone="UTC")
    assert days_of_action.start_in(call, zone, "starts") == instant
