#!/usr/bin/env python3
"""Writes dates.csv: what Python's datetime and zoneinfo say of days, weeks, school years, anchors and clocks."""
import calendar
import datetime as d
import zoneinfo

UTC = d.timezone.utc


def clamped(year, month, day):
    return d.date(year, month, min(day, calendar.monthrange(year, month)[1]))


print("# Made by dates.py. day,iso,number,weekday,iso year,iso week,weeks in year")
for year in list(range(1, 3)) + list(range(1900, 1902)) + list(range(1996, 2041)) + [9999]:
    for month, day in [(1, 1), (1, 3), (1, 4), (2, 28), (3, 1), (6, 30), (12, 28), (12, 30), (12, 31)]:
        x = d.date(year, month, day)
        y, w, n = x.isocalendar()
        weeks = d.date(year, 12, 28).isocalendar()[1]
        print("day,%s,%d,%d,%d,%d,%d" % (x.isoformat(), x.toordinal(), n, y, w, weeks))

print("# long,a year of 53 weeks between 1900 and 2100,Monday of the week")
for year in range(1900, 2101):
    if d.date(year, 12, 28).isocalendar()[1] == 53:
        print("long,%d,%s" % (year, d.date.fromisocalendar(year, 53, 1)))

print("# months,year,lengths of its months")
for year in [1, 1600, 1700, 1800, 1900, 2000, 2024, 2026, 2028, 2100, 2400]:
    print("months,%d,%s" % (year, ",".join(str(calendar.monthrange(year, m)[1]) for m in range(1, 13))))

print("# school,year,month,day,first day,last day")
for month, day in [(8, 1), (1, 1), (2, 29), (7, 15)]:
    for year in range(2024, 2036):
        first, following = clamped(year, month, day), clamped(year + 1, month, day)
        print("school,%d,%d,%d,%s,%s" % (year, month, day, first, following - d.timedelta(days=1)))

print("# anchor,school year from 1 August,month-day,the day,Monday of its week")
for year in range(2024, 2036):
    for month, day in [(8, 1), (9, 10), (10, 10), (11, 20), (12, 6), (12, 31), (1, 1), (2, 28), (2, 29), (3, 21),
        (7, 31)]:
        x = clamped(year if month >= 8 else year + 1, month, day)
        print("anchor,%d,%02d-%02d,%s,%s" % (year, month, day, x, x - d.timedelta(days=x.weekday())))

print("# change,instant of a change of Europe/Helsinki,minutes before UTC ahead,minutes after it")
zone = zoneinfo.ZoneInfo("Europe/Helsinki")
at = d.datetime(1996, 1, 1, tzinfo=UTC)
while at.year < 2041:
    later = at + d.timedelta(hours=1)
    was, becomes = (int(x.astimezone(zone).utcoffset().total_seconds() // 60) for x in (at, later))
    if was != becomes:
        print("change,%s,%d,%d" % (later.strftime("%Y-%m-%dT%H:%M:%SZ"), was, becomes))
    at = later

print("# local,zone,instant UTC,local day,minute,second")
EVERY = ["Helsinki", "Mariehamn", "Stockholm", "Oslo", "Copenhagen", "Berlin", "Tallinn", "Riga", "Vilnius",
         "London", "Dublin", "Lisbon", "Amsterdam", "Athens", "Belgrade", "Bratislava", "Brussels", "Bucharest",
         "Budapest", "Kiev", "Kyiv", "Ljubljana", "Luxembourg", "Madrid", "Malta", "Paris", "Prague", "Rome",
         "Sarajevo", "Skopje", "Sofia", "Tirane", "Vienna", "Warsaw", "Zagreb", "Zurich"]
for name in ["Europe/" + x for x in EVERY] + ["UTC"]:
    zone = zoneinfo.ZoneInfo(name)
    for year in [2004, 2026, 2038]:
        for month in (3, 10):
            last = max(d.date(year, month, x) for x in range(24, 32) if d.date(year, month, x).weekday() == 6)
            for second in (3599, 3600, 7200, 86399):
                at = d.datetime(last.year, last.month, last.day, tzinfo=UTC) + d.timedelta(seconds=second)
                here = at.astimezone(zone)
                print("local,%s,%s,%s,%d,%d" % (name, at.strftime("%Y-%m-%dT%H:%M:%SZ"), here.date(),
                                                here.hour * 60 + here.minute, here.second))
