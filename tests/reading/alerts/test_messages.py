"""NOTAM, alerts of GTFS-Realtime and situations of SIRI-SX are read, and rubbish is refused."""

import json
import os

import pytest

from app.reading.alerts import MOST_TEXT, Subject, UnreadableError, gtfs, reading, wire
from benchmarks.travel_cases import notams

FEED = {
    "header": {"gtfsRealtimeVersion": "2.0", "incrementality": 0, "timestamp": 1765000000},
    "entity": [
        {
            "id": "7",
            "alert": {
                "activePeriod": [{"start": 1765353600, "end": 1765440000}],
                "informedEntity": [{"agencyId": "AV", "stopId": "BOG"}, {"stopId": "country:VE"}, {"routeType": 3}],
                "cause": 4, "effect": 1, "severityLevel": 4,
                "headerText": {"translation": [{"text": "Strike", "language": "en"}, {"text": "Huelga", "language": "es"}]},
            },
        }
    ],
}  # fmt: skip
SIRI = """<Siri xmlns="http://www.siri.org.uk/siri"><ServiceDelivery><SituationExchangeDelivery><Situations>
<PtSituationElement><SituationNumber>X9</SituationNumber>
<ValidityPeriod><StartTime>2025-12-10T08:00:00Z</StartTime><EndTime>2025-12-11T08:00:00Z</EndTime>
<EndTimeStatus>short-term</EndTimeStatus></ValidityPeriod>
<PersonnelReason>industrialAction</PersonnelReason><Severity>severe</Severity><Summary>No flights</Summary>
<Consequences><Consequence><Condition>cancelled</Condition></Consequence></Consequences>
<Affects><Operators><AffectedOperator><OperatorRef>IB</OperatorRef></AffectedOperator></Operators>
<StopPoints><AffectedStopPoint><StopPointRef>MAD</StopPointRef></AffectedStopPoint></StopPoints></Affects>
</PtSituationElement></Situations></SituationExchangeDelivery></ServiceDelivery></Siri>"""


def test_messages_of_pilots_are_read_as_they_are_meant():
    assert notams.wrong(notams.TUNED) == []
    assert notams.cases()[1].value == 0


def test_a_feed_is_the_same_as_bytes_and_as_json():
    assert wire.decode(wire.encode(FEED)) == FEED
    assert json.loads(reading.as_text(wire.encode(FEED))) == FEED


def test_an_alert_is_read_with_its_selectors_and_in_the_language_of_the_reader():
    (notice,) = reading.read(json.dumps(FEED), ("es",))
    assert (notice.effect, notice.cause, notice.severity, notice.text) == ("no_service", "strike", "severe", "Huelga")
    assert notice.subjects == (
        (Subject("carrier", "AV"), Subject("stop", "BOG")),
        (Subject("country", "VE"),),
        (Subject("mode", "road"),),
    )


def test_an_alert_about_a_single_trip_is_shown_and_not_taken_for_more():
    feed = json.loads(json.dumps(FEED))
    feed["entity"][0]["alert"]["informedEntity"] = [{"agencyId": "AV", "trip": {"tripId": "77"}}]
    (notice,) = gtfs.read(json.dumps(feed))
    assert (notice.subjects, "77" in notice.not_understood[0]) == ((), True)


def test_a_situation_is_read_with_its_estimated_end():
    (notice,) = reading.read(SIRI)
    assert (notice.reference, notice.effect, notice.cause, notice.end_estimated) == ("X9", "no_service", "strike", True)
    assert notice.subjects == ((Subject("carrier", "IB"),), (Subject("stop", "MAD"),))


@pytest.mark.parametrize(
    "text",
    [
        "", "Hello", "{", "[]", '{"entity": 5}', '{"entity": [{"alert": []}]}', "[" * 50_000, "<a>", "<a/>", "A) B)", "x" * (MOST_TEXT + 1),
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(text):
    with pytest.raises(UnreadableError):
        reading.read(text)


def test_binary_rubbish_is_refused_without_reserving_memory():
    for data in (b"\x0a\xff\xff\xff\xff\x0f", b"\x12\x80", b"\x07\x00", b"\x0a\x02\x0a\x7f", os.urandom(200) + b"\xff"):
        try:
            text = reading.as_text(data)
        except UnreadableError:
            continue
        with pytest.raises(UnreadableError):
            reading.read(text)


def test_of_thousands_of_alerts_the_first_are_read():
    feed = FEED | {"entity": FEED["entity"] * 5000}
    data = wire.encode(feed)
    assert len(gtfs.read(json.dumps(wire.decode(data)))) == 201
