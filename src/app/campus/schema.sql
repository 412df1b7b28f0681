-- The education provider: one row, made by `nuotio init`.
CREATE TABLE provider (
  id         ID PRIMARY KEY,
  name       TEXTS,
  tagline    TEXTS,
  time_zone  TEXT NOT NULL DEFAULT 'Europe/Helsinki',
  year_start TEXT NOT NULL DEFAULT '08-01' CHECK (length(year_start) = 5),
  version    INT NOT NULL DEFAULT 1
);

CREATE TABLE municipality (
  id   ID PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  name TEXTS
);

-- A campus. `position` is the provider's own order: campuses are never sorted by what they have done. With
-- `students_suggest` its students may suggest what the wheel could have.
CREATE TABLE campus (
  id           ID PRIMARY KEY,
  slug         TEXT NOT NULL UNIQUE CHECK (length(slug) BETWEEN 2 AND 30),
  name         TEXTS,
  character    TEXTS,
  municipality ID REFERENCES municipality,
  language     TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  color        INT NOT NULL CHECK (color BETWEEN 1 AND 8),
  position     INT NOT NULL,
  working_days TEXT NOT NULL DEFAULT '12345' CHECK (length(working_days) BETWEEN 1 AND 7),
  students_suggest BOOL NOT NULL DEFAULT FALSE,
  cancelled_at INSTANT,
  version      INT NOT NULL DEFAULT 1
);

CREATE INDEX campus_in_order ON campus (position, id);

-- A slug that a campus had before: its addresses redirect.
CREATE TABLE campus_old_slug (
  slug   TEXT NOT NULL PRIMARY KEY,
  campus ID NOT NULL REFERENCES campus
);

-- How many study and work on a campus in a term of the school year that begins in `school_year`.
CREATE TABLE campus_term (
  id          ID PRIMARY KEY,
  campus      ID NOT NULL REFERENCES campus,
  school_year INT NOT NULL,
  term        TEXT NOT NULL CHECK (term IN ('autumn', 'spring')),
  students    INT NOT NULL CHECK (students >= 0),
  staff       INT NOT NULL CHECK (staff >= 0),
  UNIQUE (campus, school_year, term)
);

-- Days when a campus is closed or on holiday.
CREATE TABLE campus_break (
  id     ID PRIMARY KEY,
  campus ID NOT NULL REFERENCES campus,
  name   TEXTS,
  starts DATE NOT NULL,
  ends   DATE NOT NULL,
  UNIQUE (campus, starts)
);
CREATE INDEX campus_break_of_days ON campus_break (ends);

-- Where a student gets help, on every page of the campus.
CREATE TABLE campus_help (
  id        ID PRIMARY KEY,
  campus    ID NOT NULL REFERENCES campus,
  position  INT NOT NULL,
  who       TEXTS,
  how       TEXT NOT NULL CHECK (how IN ('call', 'message', 'walk_in')),
  contact   TEXT NOT NULL DEFAULT '',
  hours     TEXTS,
  languages TEXT NOT NULL DEFAULT '',
  ask       TEXTS,
  UNIQUE (campus, position)
);

-- What those read who speak none of our three languages: what this is, whom to turn to, how to get help. `tag` is the
-- language as BCP 47 writes it, `name` what it calls itself.
CREATE TABLE campus_tongue (
  id       ID PRIMARY KEY,
  tag      TEXT NOT NULL UNIQUE CHECK (length(tag) BETWEEN 2 AND 15),
  name     TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  what     TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
  whom     TEXT NOT NULL CHECK (length(whom) BETWEEN 1 AND 2000),
  how      TEXT NOT NULL DEFAULT '' CHECK (length(how) <= 2000),
  ended_at INSTANT,
  version  INT NOT NULL DEFAULT 1
);
