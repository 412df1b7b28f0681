#!/usr/bin/env python3
"""Writes dates.csv: what Python's datetime and zoneinfo say of days, weeks, anchors and changes of the clock."""
import datetime as d
import zoneinfo

print("# Made by dates.py. day,iso,number,weekday,iso year,iso week,weeks in year")
for year in list(range(1, 3)) + list(range(1900, 1902)) + list(range(1996, 2041)) + [9999]:
    for month, day in [(1, 1), (1, 3), (1, 4), (2, 28), (3, 1), (6, 30), (12, 28), (12, 30), (12, 31)]:
        x = d.date(year, month, day)
        if x.year == 9999 and month == 12 and day > 26:
            continue
        y, w, n = x.isocalendar()
        weeks = d.date(year, 12, 28).isocalendar()[1]
        print("day,%s,%d,%d,%d,%d,%d" % (x.isoformat(), x.toordinal(), n, y, w, weeks))
print("# anchor,school year,month-day,Monday of its week")
for year in range(2024, 2036):
    for month, day in [(8, 1), (9, 10), (10, 10), (11, 20), (12, 6), (1, 1), (2, 28), (3, 21), (7, 31)]:
        x = d.date(year if month >= 8 else year + 1, month, day)
        print("anchor,%d,%02d-%02d,%s" % (year, month, day, x - d.timedelta(days=x.weekday())))
print("# local,zone,instant UTC,local day,minute")
for name in ["Europe/Helsinki", "Europe/Stockholm", "Europe/London", "UTC"]:
    zone = zoneinfo.ZoneInfo(name)
    for year in [1997, 2024, 2025, 2026, 2027, 2038]:
        for month in (3, 10):
            last = max(d.date(year, month, x) for x in range(24, 32) if d.date(year, month, x).weekday() == 6)
            for minute in (0, 59, 60, 61, 119, 120):
                at = d.datetime(last.year, last.month, last.day, tzinfo=d.timezone.utc) + d.timedelta(minutes=minute)
                here = at.astimezone(zone)
                print("local,%s,%s,%s,%d" % (name, at.strftime("%Y-%m-%dT%H:%M:%SZ"), here.date(), here.hour * 60 + here.minute))
