#!/usr/bin/env python3
"""clients.py TESTS: what the tests write for other programs, read by these: mails by Python's own reader, calendars by
python3-icalendar, by khal, and as a feed by vdirsyncer. One line each; exits with 1 if one FAILED. Wants Debian's own
python3."""
import email
import email.policy
import functools
import http.server
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

import icalendar

failed = False


def check(name, fact, told=""):
    global failed
    failed |= not fact
    print(f"ok {name}" if fact else f"FAILED {name}: {told}", flush=True)


def run(where, *command):
    """What it prints; its files stand in that folder, and nothing of whoever runs the tests is touched."""
    own = {name: str(where) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(command, env={**os.environ, **own, "LC_ALL": "C.UTF-8", "TZ": "Europe/Helsinki"},
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return done.stdout if done.returncode == 0 else f"{command[0]}: {done.stderr}"


def khal(where, *command):
    (where / "khal.conf").write_text(f"""[calendars]
[[all]]
path = {where}/all
[locale]
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {where}/khal.db
""")
    (where / "all").mkdir(exist_ok=True)
    return run(where, "khal", "-c", str(where / "khal.conf"), *command)


def listed(where):
    """Each event once, although khal lists it on each of its days."""
    lines = khal(where, "list", "--day-format", "", "--format", "{start-long}|{end-long}|{title}|{location}|{status}",
                 "2026-08-01", "2027-08-01").splitlines()
    return {line.strip().replace("|CONFIRMED", "|").replace("|TENTATIVE", "|") for line in lines}


def told(a, b):
    return f"only the client: {sorted(a - b)[:3]}, only we: {sorted(b - a)[:3]}"


def calendars(kept):
    for file in sorted(set(kept.glob("*.ics")) - set(kept.glob("*.eml.ics"))):
        ours = set(file.with_suffix(".txt").read_text().splitlines())
        try:
            calendar = icalendar.Calendar.from_ical(file.read_bytes())
            wrong = [c.errors for c in calendar.walk() if getattr(c, "errors", None)]
            check(f"icalendar reads {file.stem}", not wrong and ours, str(wrong))
        except ValueError as error:
            check(f"icalendar reads {file.stem}", False, str(error))
        with tempfile.TemporaryDirectory() as folder:
            where = pathlib.Path(folder)
            khal(where, "import", "--batch", "-a", "all", str(file))
            theirs = listed(where)
            check(f"khal reads {file.stem} as we do", theirs == ours, told(theirs, ours))


def mails(kept):
    """Invitations: what stands where, and that the calendar in them is the one that was given."""
    for file in sorted(kept.glob("*.eml")):
        name, wanted = file.stem, file.with_name(file.name + ".ics").read_bytes()
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        shape = [part.get_content_type() for part in letter.walk()]
        check(f"{name} has its parts", shape == ["multipart/mixed", "multipart/alternative", "text/plain",
                                                 "text/html", "text/calendar", "application/ics"], str(shape))
        check(f"{name} has no defects", not any(part.defects for part in letter.walk()))
        words = letter.get_body(("plain",)).get_content().splitlines()
        check(f"{name} keeps its words", words == ["Hei Aino,", "", ".nähdään!"], str(words))
        drawn = re.sub("<[^>]+>", "", letter.get_body(("html",)).get_content().split("</h1>")[1])
        check(f"{name} says the same in HTML", drawn.split() == " ".join(words).split(), drawn)
        invitation = letter.get_payload(0).get_payload(2)
        text = invitation.get_payload(decode=True)
        inside = icalendar.Calendar.from_ical(text)
        methods = {invitation.get_param("method"), str(inside["METHOD"]), name.split("_")[1].upper()}
        check(f"{name} says its method in both places", len(methods) == 1, str(methods))
        check(f"{name} is UTF-8", invitation.get_param("charset") == "UTF-8")
        check(f"{name} brings the calendar unchanged", text == wanted)
        attached = [(a.get_filename(), a.get_payload(decode=True)) for a in letter.iter_attachments()]
        check(f"{name} brings it as a file too", attached == [("invite.ics", wanted)])
        event = inside.walk("VEVENT")[0]
        people = [("ATTENDEE", "To"), ("ORGANIZER", "From")]
        check(f"{name} names its reader and its sender", all(
            event[inner] == "mailto:" + letter[outer].addresses[0].addr_spec for inner, outer in people))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def feed(kept, *names):
    """A subscription that changes: from one feed to the other under the same address."""
    with tempfile.TemporaryDirectory() as folder:
        where = pathlib.Path(folder)
        (where / "served").mkdir()
        handler = functools.partial(Quiet, directory=str(where / "served"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (where / "sync.conf").write_text(f"""[general]
status_path = "{where}/status/"
[pair feed]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{where}/all/"
fileext = ".ics"
[storage there]
type = "http"
url = "http://127.0.0.1:{server.server_port}/feed.ics"
""")
        (where / "all").mkdir()
        for name in names:
            text = (kept / f"{name}.ics").read_bytes()
            (where / "served/feed.ics").write_bytes(text)
            sync = ["vdirsyncer", "-c", str(where / "sync.conf")]
            run(where, *sync, "discover")
            said = run(where, *sync, "sync")
            ours = set((kept / f"{name}.txt").read_text().splitlines())
            theirs = listed(where)
            check(f"vdirsyncer and khal follow {name}", theirs == ours, f"{told(theirs, ours)} {said}")
        server.shutdown()


def main():
    with tempfile.TemporaryDirectory() as folder:
        kept = pathlib.Path(folder)
        subprocess.run([sys.argv[1], "ical_test", "mail_brings_an_invitation", "letters_test", "feed_test"], check=True,
                       stdout=subprocess.DEVNULL, env={**os.environ, "NUOTIO_TEST_KEEP": folder})
        mails(kept)
        calendars(kept)
        feed(kept, "feed", "feed_changed")
        feed(kept, "wheel", "wheel_changed")
    sys.exit(failed)


main()
