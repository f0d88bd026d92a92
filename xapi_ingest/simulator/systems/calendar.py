"""The mentoring programme's calendar (iCalendar): series of a mentor and a mentee.

Export: one ``.ics``, added to as each quarter's series end. A date that was not kept is an
exception of the series (left out, cancelled, declined or held with reservation), one that was moved
keeps its place in the series. People are addresses.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from icalendar import Event, Timezone, vCalAddress, vText

from xapi_ingest.simulator.names import LOCATIONS
from xapi_ingest.simulator.systems.outlet import Outlet
from xapi_ingest.simulator.vocabulary import DOMAIN
from xapi_ingest.simulator.week import Week
from xapi_ingest.simulator.world import World

SITE: Final = f"https://calendar.{DOMAIN}"
FILE: Final = "mentoring.ics"
QUARTER_WEEKS: Final = 13
PAIR_SHARE: Final = 0.05  # series of a quarter per employee
MOVED_SHARE, CANCELLED_SHARE, DECLINED_SHARE, RESERVED_SHARE = 0.12, 0.25, 0.25, 0.1
MINUTES: Final = (30, 45, 60)
ALONE: Final = "nobody else accepted"


@dataclass
class _Series:
    """One mentor and one mentee, and what became of their dates."""

    uid: str
    mentor: int
    mentee: int
    zone: ZoneInfo
    first: datetime  # local
    minutes: int
    left_out: list[datetime] = field(default_factory=list)
    changed: list[Event] = field(default_factory=list)
    count: int = 0


class Calendar:
    """The calendar, quarter by quarter."""

    def __init__(self, world: World, exports: Path) -> None:
        arguments = world.arguments
        # later than the last local hour anywhere, so that it does not matter when it is read
        until = f"'{arguments.sunday + timedelta(days=2)}T00:00:00Z'"
        settings = {"parameters": f"{{site: {SITE}}}", "input": f"{{until: {until}}}"}
        self.outlets = (Outlet(exports, "calendar", "mentoring-calendar", settings),)
        self._world = world
        self._series: list[_Series] = []
        opening = (
            "BEGIN:VCALENDAR\r\nPRODID:-//Hinode//Calendar 4.2//EN\r\nVERSION:2.0\r\n"
            "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Mentoring\r\n"
        )
        self.outlets[0].add(FILE, opening)
        for _, name, _ in LOCATIONS:
            zone = Timezone.from_tzid(
                name, first_date=arguments.start, last_date=arguments.sunday + timedelta(days=7)
            )
            self.outlets[0].add(FILE, zone.to_ical())

    def live(self, week: Week) -> None:
        """Hold the week's meetings, or not; a quarter begins with new pairs."""
        if week.number % QUARTER_WEEKS == 0:
            self._write()
            self._series = self._pairs(week)
        if week.number == 0:
            self._write_faults(week)
        for series in self._series:
            self._meet(week, series)

    def close(self) -> None:
        """Write what is under way, and the end."""
        self._write()
        self.outlets[0].add(FILE, "END:VCALENDAR\r\n")

    def _pairs(self, week: Week) -> list[_Series]:
        """Eager people, most of all, who share working hours."""
        rng, people = week.rng, week.people
        there = np.flatnonzero(week.exposed & people.ever_learns)
        weight = np.exp(1.5 * people.propensity[there])
        count = min(max(2, round(PAIR_SHARE * len(there))), len(there) // 2)
        drawn = rng.choice(there, size=2 * count, replace=False, p=weight / weight.sum())
        by_zone = drawn[np.argsort(people.zone[drawn], kind="stable")]
        found = []
        for n, (mentor, mentee) in enumerate(by_zone.reshape(count, 2).tolist()):
            if people.zone[mentor] != people.zone[mentee]:
                continue
            day, hour = int(rng.integers(0, 5)), int(rng.integers(9, 17))
            zone = ZoneInfo(LOCATIONS[int(people.zone[mentor])][1])
            first = datetime.combine(week.monday, datetime.min.time()) + timedelta(
                days=day, hours=hour
            )
            length = MINUTES[int(rng.integers(0, len(MINUTES)))]
            uid = f"{week.monday:%G%V}-{n}@calendar.{DOMAIN}"
            found.append(_Series(uid, mentor, mentee, zone, first.replace(tzinfo=zone), length))
        return found

    def _meet(self, week: Week, series: _Series) -> None:
        tally, rng = self.outlets[0].tally, week.rng
        begins = series.first + timedelta(weeks=series.count)
        series.count += 1
        pair = np.array([series.mentor, series.mentee])
        chance, moved = rng.random(), rng.random() < MOVED_SHARE
        if week.active[pair].all():
            if chance < RESERVED_SHARE:
                series.changed.append(self._event(series, begins, begins, partstat="TENTATIVE"))
                tally.left_out("accepted with reservation only")
                tally.left_out(ALONE)
                return
            if moved:
                series.changed.append(self._event(series, begins, begins + timedelta(hours=1)))
            tally.rows += 2
            tally.made("mentored")
            tally.made("attended")
        elif week.exposed[pair].all() and chance < CANCELLED_SHARE:
            series.changed.append(self._event(series, begins, begins, status="CANCELLED"))
            tally.left_out("cancelled", 2)
        elif week.exposed[pair].all() and chance < CANCELLED_SHARE + DECLINED_SHARE:
            series.changed.append(self._event(series, begins, begins, partstat="DECLINED"))
            tally.left_out("declined")
            tally.left_out(ALONE)
        else:
            series.left_out.append(begins)

    def _event(
        self,
        series: _Series,
        planned: datetime | None,
        begins: datetime,
        *,
        partstat: str = "ACCEPTED",
        status: str = "CONFIRMED",
    ) -> Event:
        people = self._world.people
        event = Event()
        event.add("uid", series.uid)
        event.add(
            "dtstamp", datetime.combine(self._world.arguments.sunday, datetime.min.time(), UTC)
        )
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=series.minutes))
        if planned is not None:
            event.add("recurrence-id", planned)
        event.add("summary", "Mentoring")
        event.add("status", status)
        event.add("location", "https://meet.hinode.example/mentoring")
        for person, answer in ((series.mentor, "ACCEPTED"), (series.mentee, partstat)):
            guest = vCalAddress(f"mailto:{people.email[person]}")
            guest.params["CN"] = vText(people.full_name[person])
            guest.params["PARTSTAT"] = vText(answer)
            event.add("attendee", guest, encode=False)
        event.add("organizer", vCalAddress(f"mailto:{people.email[series.mentor]}"), encode=False)
        return event

    def _write(self) -> None:
        for series in self._series:
            whole = self._event(series, None, series.first)
            whole.add("rrule", {"freq": "weekly", "count": series.count})
            if series.left_out:
                whole.add("exdate", series.left_out)
            self.outlets[0].add(FILE, b"".join(e.to_ical() for e in (whole, *series.changed)))

    def _write_faults(self, week: Week) -> None:
        """A holiday, which is no meeting, and an event whose beginning a script has broken."""
        self.outlets[0].add(
            FILE,
            f"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{week.monday:%Y%m%d}\r\nUID:holiday@{DOMAIN}\r\n"
            "SUMMARY:Founder's day\r\nEND:VEVENT\r\n"
            f"BEGIN:VEVENT\r\nDTSTART:someday\r\nUID:broken@{DOMAIN}\r\nSUMMARY:Mentoring\r\n"
            "END:VEVENT\r\n",
        )
        self.outlets[0].tally.left_out("a whole day, not a meeting")
        self.outlets[0].tally.refused("mapping.document")
