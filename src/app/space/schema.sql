-- A room of a campus that people book, or just come to.
CREATE TABLE space (
  id             ID PRIMARY KEY,
  campus         ID NOT NULL REFERENCES campus,
  slug           TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 40),
  name           TEXTS CHECK (length(name) <= 80),
  description    TEXTS CHECK (length(description) <= 1000),
  communal       BOOL NOT NULL DEFAULT TRUE,
  capacity       INT NOT NULL CHECK (capacity BETWEEN 1 AND 5000),
  area           INT,
  picture        ID REFERENCES picture,
  -- For those who do not see it.
  picture_alt    TEXTS CHECK (length(picture_alt) <= 200),
  -- How one gets in and whom to call: told to those who have booked.
  entry          TEXTS CHECK (length(entry) <= 1000),
  contact        TEXT NOT NULL DEFAULT '' CHECK (length(contact) <= 200),
  checklist      TEXTS CHECK (length(checklist) <= 1000),
  -- Minutes: free before and after each booking, its length, and how finely a start is offered.
  before_minutes INT NOT NULL DEFAULT 0 CHECK (before_minutes BETWEEN 0 AND 240),
  after_minutes  INT NOT NULL DEFAULT 15 CHECK (after_minutes BETWEEN 0 AND 240),
  shortest       INT NOT NULL DEFAULT 30 CHECK (shortest BETWEEN 15 AND 720),
  longest        INT NOT NULL DEFAULT 480 CHECK (longest BETWEEN 15 AND 1440),
  step           INT NOT NULL DEFAULT 30 CHECK (step IN (15, 30, 60)),
  ahead_days     INT NOT NULL DEFAULT 365 CHECK (ahead_days BETWEEN 1 AND 730),
  open_holidays  BOOL NOT NULL DEFAULT FALSE,
  open_breaks    BOOL NOT NULL DEFAULT FALSE,
  -- Minutes of the day between which nobody may take the whole room; equal: never.
  drop_in_from   INT NOT NULL DEFAULT 600 CHECK (drop_in_from BETWEEN 0 AND 1440),
  drop_in_to     INT NOT NULL DEFAULT 840 CHECK (drop_in_to BETWEEN 0 AND 1440),
  -- 0: a booking need not be confirmed; else it is asked for so many hours before.
  confirm_hours  INT NOT NULL DEFAULT 0 CHECK (confirm_hours BETWEEN 0 AND 168),
  -- 0: nobody need say that they came; else an unclaimed booking frees itself so many minutes after its start.
  claim_minutes  INT NOT NULL DEFAULT 0 CHECK (claim_minutes BETWEEN 0 AND 120),
  needs_agreement BOOL NOT NULL DEFAULT FALSE,
  -- Who names a responsible adult outside staffed hours: groups with someone under 18, all students, or everyone.
  adult_for      TEXT NOT NULL DEFAULT 'minors' CHECK (adult_for IN ('minors', 'students', 'everyone')),
  position       INT NOT NULL DEFAULT 1,
  cancelled_at   INSTANT,
  version        INT NOT NULL DEFAULT 1,
  UNIQUE (campus, slug),
  CHECK (longest >= shortest),
  CHECK (drop_in_to >= drop_in_from)
);

CREATE TABLE space_feature (
  id      ID PRIMARY KEY,
  space   ID NOT NULL REFERENCES space,
  feature TEXT NOT NULL CHECK (feature IN ('kitchen', 'kitchenette', 'coffee_machine', 'sofas', 'benches', 'stage',
                                           'projector', 'screen', 'whiteboard', 'board_games', 'game_console',
                                           'craft_supplies', 'piano', 'podcast_corner', 'quiet_corner', 'fireplace',
                                           'outdoor_fireplace', 'sauna', 'dividable', 'computers', 'sports_gear')),
  UNIQUE (space, feature)
);

-- What those need to know who cannot go everywhere. Without a row a fact is not known, and the page says so.
CREATE TABLE space_access (
  id    ID PRIMARY KEY,
  space ID NOT NULL REFERENCES space,
  fact  TEXT NOT NULL CHECK (fact IN ('step_free', 'wide_door', 'lift', 'accessible_toilet', 'induction_loop',
                                      'parking', 'quiet_place', 'assistance_dog')),
  holds TEXT NOT NULL CHECK (holds IN ('yes', 'no')),
  UNIQUE (space, fact)
);

-- Something is broken; anyone who is signed in may say so.
CREATE TABLE space_fault (
  id          ID PRIMARY KEY,
  space       ID NOT NULL REFERENCES space,
  words       TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
  language    TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  reported_by ID NOT NULL REFERENCES person,
  reported_at INSTANT NOT NULL,
  mended_at   INSTANT
);
CREATE INDEX space_fault_of ON space_fault (space);

-- When it is open: on the days whose bits are set (1 Monday, 64 Sunday), between two minutes of the day. Staffed hours
-- are open hours too. Without first or last day it holds for ever.
CREATE TABLE space_hours (
  id      ID PRIMARY KEY,
  space   ID NOT NULL REFERENCES space,
  days    INT NOT NULL CHECK (days BETWEEN 1 AND 127),
  opens   INT NOT NULL CHECK (opens BETWEEN 0 AND 1439),
  closes  INT NOT NULL CHECK (closes BETWEEN 1 AND 1440),
  staffed BOOL NOT NULL DEFAULT FALSE,
  starts  DATE,
  ends    DATE,
  CHECK (closes > opens)
);
CREATE INDEX space_hours_of ON space_hours (space);

-- Days on which other hours hold: closed when both are 0. It stands above hours, holidays and breaks.
CREATE TABLE space_exception (
  id     ID PRIMARY KEY,
  space  ID NOT NULL REFERENCES space,
  starts DATE NOT NULL,
  ends   DATE NOT NULL,
  opens  INT NOT NULL DEFAULT 0 CHECK (opens BETWEEN 0 AND 1439),
  closes INT NOT NULL DEFAULT 0 CHECK (closes BETWEEN 0 AND 1440),
  reason TEXTS CHECK (length(reason) <= 200),
  CHECK (ends >= starts),
  CHECK (closes >= opens)
);
CREATE INDEX space_exception_of ON space_exception (space, ends);

-- What holds for some who ask, where it is other than what is shipped. One row for a kind of people, and one for an
-- organisation, which then counts instead.
CREATE TABLE space_rule (
  id            ID PRIMARY KEY,
  space         ID NOT NULL REFERENCES space,
  who           TEXT NOT NULL CHECK (who IN ('staff', 'partner', 'student')),
  organisation  ID REFERENCES organisation,
  approval      TEXT NOT NULL DEFAULT 'outside' CHECK (approval IN ('never', 'outside', 'always')),
  week_minutes  INT NOT NULL DEFAULT 360 CHECK (week_minutes BETWEEN 0 AND 10080),
  quota_minutes INT NOT NULL DEFAULT 0 CHECK (quota_minutes BETWEEN 0 AND 10080),
  UNIQUE (space, who, organisation)
);
CREATE UNIQUE INDEX space_rule_of_kind ON space_rule (space, who) WHERE organisation IS NULL;

-- Hours kept for some until so many days before.
CREATE TABLE space_priority (
  id     ID PRIMARY KEY,
  space  ID NOT NULL REFERENCES space,
  who    TEXT NOT NULL CHECK (who IN ('staff', 'partner', 'student')),
  days   INT NOT NULL CHECK (days BETWEEN 1 AND 127),
  opens  INT NOT NULL CHECK (opens BETWEEN 0 AND 1439),
  closes INT NOT NULL CHECK (closes BETWEEN 1 AND 1440),
  until_days INT NOT NULL DEFAULT 7 CHECK (until_days BETWEEN 0 AND 365),
  CHECK (closes > opens)
);
CREATE INDEX space_priority_of ON space_priority (space);

-- What joins the bookings that were made together: every week or every second one, from its first day to its last, or
-- only in the weeks that somebody wrote.
CREATE TABLE space_series (
  id        ID PRIMARY KEY,
  space     ID NOT NULL REFERENCES space,
  every     INT NOT NULL CHECK (every IN (1, 2)),
  starts    DATE NOT NULL,
  ends      DATE NOT NULL,
  continues ID REFERENCES space_series,
  made_at   INSTANT NOT NULL,
  weeks     TEXT NOT NULL DEFAULT '' CHECK (length(weeks) <= 100)
);

-- Somebody has the room, or asks for it. `shared` takes part in what is open for all, with so many people; the others
-- take the whole room. From `blocked_from` to `blocked_to`, buffers included, it is in the way of others; half-open.
CREATE TABLE space_booking (
  id           ID PRIMARY KEY,
  space        ID NOT NULL REFERENCES space,
  series       ID REFERENCES space_series,
  state        TEXT NOT NULL CHECK (state IN ('requested', 'booked', 'declined', 'cancelled', 'freed')),
  shared       BOOL NOT NULL DEFAULT FALSE,
  starts       INSTANT NOT NULL,
  ends         INSTANT NOT NULL,
  blocked_from INSTANT NOT NULL,
  blocked_to   INSTANT NOT NULL,
  title        TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  language     TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  audience     TEXT NOT NULL CHECK (audience IN ('students', 'group', 'staff', 'teaching', 'service', 'meeting',
                                                 'dormitory')),
  group_code   TEXT NOT NULL DEFAULT '' CHECK (length(group_code) <= 40),
  people       INT NOT NULL CHECK (people BETWEEN 1 AND 5000),
  public       BOOL NOT NULL DEFAULT TRUE,
  minors       BOOL NOT NULL DEFAULT FALSE,
  adult        TEXT NOT NULL DEFAULT '' CHECK (length(adult) <= 100),
  who          TEXT NOT NULL CHECK (who IN ('staff', 'partner', 'student')),
  organisation ID REFERENCES organisation,
  booked_by    ID REFERENCES person,
  made_at      INSTANT NOT NULL,
  note         TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 500),
  -- Of a request: why it needs an answer, and by when it has one.
  because      TEXT NOT NULL DEFAULT 'no' CHECK (because IN ('no', 'outside', 'week', 'always', 'imported')),
  answer_by    DATE,
  -- The last day on which those who answer were reminded of it.
  reminded_on  DATE,
  answered_by  ID REFERENCES person,
  answered_at  INSTANT,
  reply        TEXT NOT NULL DEFAULT '' CHECK (length(reply) <= 500),
  asked_at     INSTANT,
  confirmed_at INSTANT,
  claimed_at   INSTANT,
  -- Since the space changed it lies outside its hours, and nobody has said yet what becomes of it.
  outside_since INSTANT,
  -- When a person or a job last changed what others see of it, the name of its space included; and how often what
  -- stands in calendars was changed. The uid stays.
  changed_at   INSTANT NOT NULL,
  uid          TEXT NOT NULL UNIQUE,
  version      INT NOT NULL DEFAULT 1,
  CHECK (ends > starts),
  CHECK (blocked_from <= starts),
  CHECK (blocked_to >= ends)
);
CREATE INDEX space_booking_of_space ON space_booking (space, blocked_from);
CREATE INDEX space_booking_by_time ON space_booking (starts);
CREATE INDEX space_booking_open ON space_booking (answer_by) WHERE state = 'requested';
CREATE INDEX space_booking_open_by_time ON space_booking (starts) WHERE state = 'requested';
CREATE INDEX space_booking_open_of_space ON space_booking (space, blocked_from) WHERE state = 'requested';
CREATE INDEX space_booking_outside ON space_booking (space) WHERE outside_since IS NOT NULL;
CREATE INDEX space_booking_of_series ON space_booking (series);
CREATE INDEX space_booking_of_person ON space_booking (booked_by, starts);
CREATE INDEX space_booking_of_organisation ON space_booking (organisation, starts) WHERE organisation IS NOT NULL;

-- Behind the statement that takes a room: two are never there at once, and one with the whole room is alone.
-- Nobody has a room for longer than a day, and buffers are hours: what began two days before is not in the way.
-- sqlite:
CREATE TRIGGER space_booking_alone BEFORE INSERT ON space_booking
  WHEN NEW.state = 'booked' AND EXISTS (
    SELECT 1 FROM space_booking b
     WHERE b.space = NEW.space AND b.state = 'booked' AND NOT (b.shared AND NEW.shared)
       AND b.blocked_from > strftime('%Y-%m-%dT%H:%M:%SZ', NEW.blocked_from, '-2 days')
       AND b.blocked_from < NEW.blocked_to AND b.blocked_to > NEW.blocked_from)
BEGIN
  SELECT RAISE(ABORT, 'the space is taken then');
END;
CREATE TRIGGER space_booking_stays_alone BEFORE UPDATE ON space_booking
  WHEN NEW.state = 'booked' AND EXISTS (
    SELECT 1 FROM space_booking b
     WHERE b.space = NEW.space AND b.id <> NEW.id AND b.state = 'booked' AND NOT (b.shared AND NEW.shared)
       AND b.blocked_from > strftime('%Y-%m-%dT%H:%M:%SZ', NEW.blocked_from, '-2 days')
       AND b.blocked_from < NEW.blocked_to AND b.blocked_to > NEW.blocked_from)
BEGIN
  SELECT RAISE(ABORT, 'the space is taken then');
END;
-- postgres:
ALTER TABLE space_booking ADD CONSTRAINT space_booking_alone EXCLUDE USING gist (
  int8range(space, space, '[]') WITH &&,
  tstzrange(blocked_from, blocked_to) WITH &&,
  int8range(CASE WHEN shared THEN id ELSE 0 END, CASE WHEN shared THEN id + 1 END) WITH &&
) WHERE (state = 'booked');
-- both:

-- A time that somebody holds while they fill in the form; what they have filled in. After `held_until` it is in
-- nobody's way.
CREATE TABLE space_draft (
  id           ID PRIMARY KEY,
  person       ID NOT NULL REFERENCES person,
  space        ID NOT NULL REFERENCES space,
  shared       BOOL NOT NULL,
  starts       INSTANT NOT NULL,
  ends         INSTANT NOT NULL,
  blocked_from INSTANT NOT NULL,
  blocked_to   INSTANT NOT NULL,
  held_until   INSTANT NOT NULL,
  filled       BOOL NOT NULL DEFAULT FALSE,
  title        TEXT NOT NULL DEFAULT '',
  audience     TEXT NOT NULL DEFAULT 'students' CHECK (audience IN ('students', 'group', 'staff', 'teaching', 'service',
                                                 'meeting', 'dormitory')),
  group_code   TEXT NOT NULL DEFAULT '',
  people       INT NOT NULL DEFAULT 1,
  public       BOOL NOT NULL DEFAULT TRUE,
  minors       BOOL NOT NULL DEFAULT FALSE,
  adult        TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  organisation ID REFERENCES organisation,
  every        INT NOT NULL DEFAULT 0 CHECK (every IN (0, 1, 2)),
  last         DATE,
  -- Only in these weeks, as somebody wrote them: "36–41, 43". Empty: in all.
  weeks        TEXT NOT NULL DEFAULT '' CHECK (length(weeks) <= 100),
  continues    ID REFERENCES space_series,
  -- The booking that it moves instead of making a new one, and whether all of its series from there on.
  moves        ID REFERENCES space_booking,
  moves_rest   BOOL NOT NULL DEFAULT FALSE
);
CREATE INDEX space_draft_of_space ON space_draft (space, held_until);
CREATE INDEX space_draft_of_person ON space_draft (person);

-- What the person wants on a day of the series where it does not go as on the others.
CREATE TABLE space_draft_day (
  id     ID PRIMARY KEY,
  draft  ID NOT NULL REFERENCES space_draft,
  day    DATE NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('skip', 'ask', 'move')),
  space  ID NOT NULL REFERENCES space,
  starts INSTANT NOT NULL,
  UNIQUE (draft, day)
);

-- Who would like a time that is taken. The first whom it fits gets an offer, which is a draft that holds it.
CREATE TABLE space_wish (
  id           ID PRIMARY KEY,
  space        ID NOT NULL REFERENCES space,
  starts       INSTANT NOT NULL,
  ends         INSTANT NOT NULL,
  shared       BOOL NOT NULL,
  people       INT NOT NULL CHECK (people BETWEEN 1 AND 5000),
  person       ID NOT NULL REFERENCES person,
  organisation ID REFERENCES organisation,
  made_at      INSTANT NOT NULL,
  state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'offered', 'taken', 'passed', 'ended')),
  offer        ID REFERENCES space_draft,
  offer_until  INSTANT
);
CREATE INDEX space_wish_of_space ON space_wish (space, starts) WHERE state = 'waiting';
CREATE INDEX space_wish_of_offer ON space_wish (offer) WHERE offer IS NOT NULL;
CREATE INDEX space_wish_of_person ON space_wish (person);

-- A calendar of somebody else that is read again and again: the college's timetable, whose lessons take a space, or a
-- municipality's, whose events are looked through before they are shown.
CREATE TABLE space_source (
  id         ID PRIMARY KEY,
  campus     ID NOT NULL REFERENCES campus,
  space      ID REFERENCES space,
  kind       TEXT NOT NULL CHECK (kind IN ('timetable', 'events')),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  url        TEXT NOT NULL CHECK (length(url) BETWEEN 8 AND 500),
  etag       TEXT NOT NULL DEFAULT '',
  modified   TEXT NOT NULL DEFAULT '',
  checked_at INSTANT,
  worked_at  INSTANT,
  -- Of the last reading: what went wrong, with the number of the server's answer, and how many events were left out.
  trouble    TEXT NOT NULL DEFAULT 'no' CHECK (trouble IN ('no', 'address', 'password', 'port', 'inside', 'host',
                                                 'redirects', 'unreachable', 'untrusted', 'slow', 'broken', 'status',
                                                 'big', 'calendar')),
  status     INT NOT NULL DEFAULT 0,
  left_out   INT NOT NULL DEFAULT 0,
  ended_at   INSTANT,
  version    INT NOT NULL DEFAULT 1
);
CREATE INDEX space_source_of_campus ON space_source (campus);

-- What such a calendar holds. Of a timetable `booked` has the space and `clash` asks for it, because somebody else has
-- it; of events a coordinator shows or hides what is new.
CREATE TABLE space_incoming (
  id       ID PRIMARY KEY,
  source   ID NOT NULL REFERENCES space_source,
  uid      TEXT NOT NULL,
  occasion TEXT NOT NULL DEFAULT '',
  title    TEXT NOT NULL CHECK (length(title) <= 200),
  place    TEXT NOT NULL DEFAULT '' CHECK (length(place) <= 200),
  starts   INSTANT NOT NULL,
  ends     INSTANT NOT NULL,
  whole_days BOOL NOT NULL DEFAULT FALSE,
  state    TEXT NOT NULL CHECK (state IN ('new', 'shown', 'hidden', 'booked', 'clash', 'gone')),
  booking  ID REFERENCES space_booking,
  seen_at  INSTANT NOT NULL,
  UNIQUE (source, uid, occasion)
);
CREATE INDEX space_incoming_of_source ON space_incoming (source, ends);
CREATE INDEX space_incoming_open ON space_incoming (starts) WHERE state = 'new';
