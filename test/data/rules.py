#!/usr/bin/env python3
"""Writes rules.csv: what python3-dateutil makes of rules of series, some usual, most made by chance. A line: the rule,
the first day, the days asked for from and to, and those on which it happens. Fields are separated by spaces."""
import datetime as d
import random

from dateutil import rrule

random.seed(20261123)
USUAL = ["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
         "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=10",
         "FREQ=DAILY;COUNT=3000", "FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=-1",
         "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
         "FREQ=MONTHLY;INTERVAL=2;COUNT=7", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
         "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "FREQ=YEARLY;BYDAY=20MO",
         "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=WE", "FREQ=YEARLY;BYYEARDAY=1,100,-1",
         "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
         "FREQ=DAILY;BYMONTH=1;BYDAY=MO", "FREQ=DAILY;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(what, most=3):
    return ",".join(str(x) for x in random.sample(list(what), random.randint(1, most)))


def signed(low, high):
    return [x for x in list(range(-high, -low + 1)) + list(range(low, high + 1)) if x]


def by_chance():
    freq = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + freq]
    if random.random() < 0.5:
        parts.append("INTERVAL=%d" % random.randint(1, 5))
    if random.random() < 0.3:
        parts.append("WKST=" + random.choice(DAYS))
    if random.random() < 0.3:
        parts.append("BYMONTH=" + some(range(1, 13), 4))
    if random.random() < 0.5:
        nth = freq in ("MONTHLY", "YEARLY") and random.random() < 0.5
        days = [("%d" % random.choice(signed(1, 5)) if nth else "") + x for x in DAYS]
        parts.append("BYDAY=" + some(days, 4))
    if freq != "WEEKLY" and random.random() < 0.3:
        parts.append("BYMONTHDAY=" + some(signed(1, 31), 6))
    elif freq == "YEARLY" and random.random() < 0.2:
        parts.append("BYYEARDAY=" + some(signed(1, 366), 8))
    elif freq == "YEARLY" and "BYDAY" in parts[-1] and not any(c.isdigit() for c in parts[-1]):
        parts.append("BYWEEKNO=" + some(signed(1, 53), 5))
    # Not of weeks: dateutil counts from the first day of the series, not of the week.
    if any(p.startswith("BY") for p in parts) and freq in ("MONTHLY", "YEARLY") and random.random() < 0.3:
        parts.append("BYSETPOS=" + some(signed(1, 4), 2))
    if random.random() < 0.3:
        parts.append("COUNT=%d" % random.randint(1, 60))
    return ";".join(parts)


def line(rule):
    # The day on which a series begins is one of it here: where it is not, programs differ, and so may they.
    start = d.datetime(random.randint(2015, 2026), random.randint(1, 12), random.randint(1, 28))
    start = rrule.rrulestr(rule, dtstart=start)[:1]
    if not start:
        return None
    ask = d.datetime(random.randint(2024, 2027), random.randint(1, 12), 1)
    to = ask + d.timedelta(days=random.choice([30, 150, 500]))
    days = rrule.rrulestr(rule, dtstart=start[0]).between(ask, to, inc=True)
    return "%s %s %s %s %s" % (rule, start[0].date(), ask.date(), to.date(), ",".join(str(x.date()) for x in days))


print("# Made by rules.py.")
for rule in USUAL + [by_chance() for _ in range(420)]:
    text = line(rule)
    if text:
        print(text)
