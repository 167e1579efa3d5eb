"""The calendar file that the phone makes, read by a calendar library of other people."""

from datetime import date, datetime, timedelta
from pathlib import Path

from icalendar import Calendar

from outreach.clock import AMSTERDAM

# Made by the phone; frontend/test/lib/ics.test.ts holds it to this.
KEPT = Path(__file__).with_name("appointments.ics")


def _events() -> list[dict[str, object]]:
    found = []
    for calendar in Calendar.from_ical(KEPT.read_bytes(), multiple=True):
        (event,) = calendar.walk("VEVENT")
        assert not event.errors
        found.append({name: event.decoded(name) for name in event})
    return found


def test_a_calendar_reads_the_moment_of_every_appointment() -> None:
    afternoon, evening, whole_day = (event["DTSTART"] for event in _events())
    assert afternoon == datetime(2026, 2, 10, 12, tzinfo=AMSTERDAM)
    assert evening == datetime(2026, 7, 14, 18, tzinfo=AMSTERDAM)
    assert whole_day == date(2026, 3, 3)


def test_a_calendar_gets_no_door_no_name_and_no_words() -> None:
    for event in _events():
        assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "CLASS"}
        assert event["SUMMARY"] == "Voordeur-afspraak"
        assert event.get("DURATION", timedelta(hours=1)) == timedelta(hours=1)


def test_every_appointment_has_a_name_of_its_own() -> None:
    assert len({event["UID"] for event in _events()}) == 3
