-- A school year, named by the calendar year in which it begins.
CREATE TABLE school_year (
  id           ID PRIMARY KEY,
  year         INT NOT NULL UNIQUE CHECK (year BETWEEN 2000 AND 2200),
  state        TEXT NOT NULL CHECK (state IN ('draft', 'published', 'closed')),
  starts       DATE NOT NULL,
  ends         DATE NOT NULL,
  published_at INSTANT,
  closed_at    INSTANT,
  version      INT NOT NULL DEFAULT 1
);

CREATE TABLE wheel_ring (
  id           ID PRIMARY KEY,
  key          TEXT NOT NULL UNIQUE,
  name         TEXTS,
  position     INT NOT NULL,
  color        INT NOT NULL CHECK (color BETWEEN 1 AND 8),
  cancelled_at INSTANT,
  version      INT NOT NULL DEFAULT 1
);

-- A file that somebody wants to take into a year. It is looked at as long as they like; when they say so, its items are
-- made bit by bit, and seen all at once when it is `made`. What the wheel was when they looked is in `stamp`: if it has
-- changed meanwhile, what was made is dropped again and the file is looked at anew. With a campus its items are that
-- campus's own. `ring` is for rows that name none, `language` for the titles of a calendar, which say none.
CREATE TABLE wheel_import (
  id       ID PRIMARY KEY,
  year     ID NOT NULL REFERENCES school_year,
  campus   ID REFERENCES campus,
  ring     ID NOT NULL REFERENCES wheel_ring,
  language TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  name     TEXT NOT NULL CHECK (length(name) <= 200),
  kind     TEXT NOT NULL CHECK (kind IN ('csv', 'ics')),
  state    TEXT NOT NULL CHECK (state IN ('looked', 'running', 'dropping', 'made', 'undone')),
  moved    BOOL NOT NULL DEFAULT FALSE,
  stamp    TEXT NOT NULL DEFAULT '',
  added    INT NOT NULL DEFAULT 0,
  changed  INT NOT NULL DEFAULT 0,
  sent_by  ID NOT NULL REFERENCES person,
  sent_at  INSTANT NOT NULL,
  made_at  INSTANT,
  file     BLOB NOT NULL
);
CREATE INDEX wheel_import_of_year ON wheel_import (year, sent_at);
CREATE INDEX wheel_import_open ON wheel_import (id) WHERE state = 'running' OR state = 'dropping';
CREATE INDEX wheel_import_waiting ON wheel_import (sent_at) WHERE state = 'looked';

-- What joins an item of one year with the same item of the next.
CREATE TABLE wheel_series (
  id    ID PRIMARY KEY,
  key   TEXT NOT NULL DEFAULT '',
  every TEXT NOT NULL CHECK (every IN ('year', 'odd', 'even'))
);

-- Something that recurs: one row an item and year. `starts` and `ends` are always the true days; `timing`
-- tells where they come from, so that the next year can compute its own. Dates that were copied from an earlier year
-- keep in `week` the week in which someone had set them, so that being moved in one year does not move them in the
-- next. With a campus it is that campus's own item. `sentence` says in plain words what happens and for whom; with
-- `guardians` it is told to the students' guardians. What came from a file has its `import`, and in `uid` the name by
-- which the file knows it; until the import is made such an item is cancelled and seen by nobody.
--
-- What takes place more than once a year `repeats`: `starts` and `ends` are the first time, and the last one begins by
-- `repeats_until`, or in the school year. The days of the others are not stored: see wheel_times.
CREATE TABLE wheel_item (
  id           ID PRIMARY KEY,
  series       ID NOT NULL REFERENCES wheel_series,
  year         ID NOT NULL REFERENCES school_year,
  ring         ID NOT NULL REFERENCES wheel_ring,
  campus       ID REFERENCES campus,
  title        TEXTS,
  sentence     TEXTS,
  description  TEXTS,
  timing       TEXT NOT NULL CHECK (timing IN ('dates', 'week', 'anchor')),
  week         INT NOT NULL DEFAULT 0 CHECK (week BETWEEN 0 AND 53),
  anchor       TEXT NOT NULL DEFAULT '' CHECK (length(anchor) IN (0, 5)),
  starts       DATE NOT NULL,
  ends         DATE NOT NULL,
  repeats      TEXT NOT NULL DEFAULT 'no' CHECK (repeats IN ('no', 'week', 'month', 'second_month')),
  repeats_until DATE,
  duty         ID REFERENCES duty,
  person       ID REFERENCES person,
  answers      TEXT NOT NULL CHECK (answers IN ('nobody', 'provider', 'campus')),
  core         BOOL NOT NULL DEFAULT FALSE,
  guardians    BOOL NOT NULL DEFAULT FALSE,
  uid          TEXT NOT NULL DEFAULT '',
  import       ID REFERENCES wheel_import,
  cancelled_at INSTANT,
  changed_at   INSTANT NOT NULL,
  version      INT NOT NULL DEFAULT 1,
  CHECK (ends >= starts)
);
CREATE INDEX wheel_item_of_year ON wheel_item (year, campus, starts);
CREATE INDEX wheel_item_of_ring ON wheel_item (ring, year);
CREATE INDEX wheel_item_of_series ON wheel_item (series, year);
CREATE INDEX wheel_item_of_import ON wheel_item (import) WHERE import IS NOT NULL;

-- What an item was before an import changed it, as a row of a table (see columns.h), and its version afterwards: while
-- it has that one, undoing the import takes it back.
CREATE TABLE wheel_import_was (
  id       ID PRIMARY KEY,
  import   ID NOT NULL REFERENCES wheel_import,
  item     ID NOT NULL REFERENCES wheel_item,
  version  INT NOT NULL,
  line     TEXT NOT NULL,
  restored BOOL NOT NULL DEFAULT FALSE,
  UNIQUE (import, item)
);

-- An item that was copied from an earlier year, as long as nobody has looked through it 'open'. `starts` and `ends` are
-- the days that copying computed.
CREATE TABLE wheel_review (
  id          ID PRIMARY KEY,
  item        ID NOT NULL UNIQUE REFERENCES wheel_item,
  earlier     ID NOT NULL REFERENCES wheel_item,
  starts      DATE NOT NULL,
  ends        DATE NOT NULL,
  verdict     TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'kept', 'moved', 'changed', 'dropped')),
  reviewed_by ID REFERENCES person,
  reviewed_at INSTANT
);

-- The campuses an item is for; without a row it is for all.
CREATE TABLE wheel_item_scope (
  id     ID PRIMARY KEY,
  item   ID NOT NULL REFERENCES wheel_item,
  campus ID NOT NULL REFERENCES campus,
  UNIQUE (item, campus)
);

CREATE TABLE wheel_item_measure (
  id      ID PRIMARY KEY,
  item    ID NOT NULL REFERENCES wheel_item,
  measure ID NOT NULL REFERENCES measure,
  UNIQUE (item, measure)
);

-- What makes an item ready to use: a link, a text to copy into a message, an outline of a lesson.
CREATE TABLE wheel_material (
  id           ID PRIMARY KEY,
  item         ID NOT NULL REFERENCES wheel_item,
  kind         TEXT NOT NULL CHECK (kind IN ('link', 'message', 'lesson')),
  title        TEXTS,
  body         TEXTS,
  url          TEXT NOT NULL DEFAULT '',
  position     INT NOT NULL,
  cancelled_at INSTANT
);
CREATE INDEX wheel_material_of_item ON wheel_material (item);

-- What a campus says of an item; without a campus, what the provider says. No row, or 'none_yet' after a
-- change of mind, means no answer yet.
CREATE TABLE wheel_answer (
  id          ID PRIMARY KEY,
  item        ID NOT NULL REFERENCES wheel_item,
  campus      ID REFERENCES campus,
  state       TEXT NOT NULL CHECK (state IN ('none_yet', 'coming', 'done', 'our_way', 'not_here')),
  reason      TEXT NOT NULL DEFAULT 'no' CHECK (reason IN ('no', 'does_not_fit', 'did_not_happen')),
  words       TEXT NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
  language    TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  starts      DATE,
  ends        DATE,
  answered_by ID NOT NULL REFERENCES person,
  answered_at INSTANT NOT NULL,
  version     INT NOT NULL DEFAULT 1,
  UNIQUE (item, campus),
  CHECK (campus IS NOT NULL OR state <> 'our_way')
);
CREATE UNIQUE INDEX wheel_answer_of_provider ON wheel_answer (item) WHERE campus IS NULL;

-- What an answer was before it changed; undoing takes the newest back.
CREATE TABLE wheel_answer_past (
  id          ID PRIMARY KEY,
  answer      ID NOT NULL REFERENCES wheel_answer,
  version     INT NOT NULL,
  state       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  words       TEXT NOT NULL,
  language    TEXT NOT NULL,
  starts      DATE,
  ends        DATE,
  answered_by ID NOT NULL REFERENCES person,
  answered_at INSTANT NOT NULL,
  UNIQUE (answer, version)
);

-- Kiitos: a colleague's thanks for what was done.
CREATE TABLE wheel_thanks (
  id     ID PRIMARY KEY,
  answer ID NOT NULL REFERENCES wheel_answer,
  person ID NOT NULL REFERENCES person,
  at     INSTANT NOT NULL,
  UNIQUE (answer, person)
);

-- What somebody proposes to the coordinator, in the words of one language: a change to an item or, without one, a new
-- item with that title, for that campus, maybe in that week. `made` is what became of it.
CREATE TABLE wheel_proposal (
  id          ID PRIMARY KEY,
  item        ID REFERENCES wheel_item,
  campus      ID REFERENCES campus,
  title       TEXT NOT NULL DEFAULT '' CHECK (length(title) <= 200),
  week        INT NOT NULL DEFAULT 0 CHECK (week BETWEEN 0 AND 53),
  words       TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
  language    TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  proposed_by ID NOT NULL REFERENCES person,
  proposed_at INSTANT NOT NULL,
  verdict     TEXT NOT NULL DEFAULT 'open' CHECK (verdict IN ('open', 'accepted', 'declined')),
  reply       TEXT NOT NULL DEFAULT '',
  made        ID REFERENCES wheel_item,
  settled_at  INSTANT,
  CHECK ((item IS NULL) = (title <> ''))
);
CREATE INDEX wheel_proposal_of_item ON wheel_proposal (item);
CREATE INDEX wheel_proposal_of_person ON wheel_proposal (proposed_by);
CREATE INDEX wheel_proposal_open ON wheel_proposal (id) WHERE verdict = 'open';
