"""A mail server on a free port of this machine for one test run: the first line of its output is the port,
each further line one letter as JSON. It ends with its standard input."""
import asyncio
import email
import email.policy
import json
import sys

import icalendar
from aiosmtpd.smtp import SMTP


def calendar_of(letter):
    """What a calendar program would do with the letter: its method, and of each event the name, version and times."""
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            text = part.get_payload(decode=True).decode()
            calendar = icalendar.Calendar.from_ical(text)
            return {
                "method": str(calendar["METHOD"]),
                "text": text,
                "events": [{"uid": str(e["UID"]), "sequence": int(e["SEQUENCE"]), "title": str(e["SUMMARY"]),
                            "status": str(e["STATUS"]), "starts": e.decoded("DTSTART").isoformat()}
                           for e in calendar.walk("VEVENT")],
            }
    return None


class Mailbox:
    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "subject": letter["subject"],
            "text": letter.get_body(("plain",)).get_content(),
            "calendar": calendar_of(letter),
        }), flush=True)
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Mailbox(), hostname="localhost", loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
