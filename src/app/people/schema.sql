-- Someone who signs in. The work address only; nothing about anyone's welfare, ever.
CREATE TABLE person (
  id           ID PRIMARY KEY,
  key          TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  email        TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
  language     TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  title        TEXTS,
  created_at   INSTANT NOT NULL,
  cancelled_at INSTANT,
  version      INT NOT NULL DEFAULT 1
);

-- A role held on one campus, or on all when `campus` is none. Ends; is never deleted.
CREATE TABLE person_role (
  id       ID PRIMARY KEY,
  person   ID NOT NULL REFERENCES person,
  role     TEXT NOT NULL CHECK (role IN ('student', 'student_body', 'staff', 'coordinator',
                                         'partner', 'member', 'management', 'admin')),
  campus   ID REFERENCES campus,
  until    DATE,
  given_by INT NOT NULL DEFAULT 0,
  given_at INSTANT NOT NULL,
  ended_at INSTANT
);
CREATE INDEX person_role_of_person ON person_role (person);

-- The words for who is responsible: group tutors, the steering group, the student body's board.
CREATE TABLE duty (
  id   ID PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  name TEXTS,
  role TEXT NOT NULL
);

CREATE TABLE person_duty (
  id       ID PRIMARY KEY,
  person   ID NOT NULL REFERENCES person,
  duty     ID NOT NULL REFERENCES duty,
  campus   ID REFERENCES campus,
  ended_at INSTANT
);
CREATE INDEX person_duty_of_person ON person_duty (person);

-- Somebody is out until a day, and a deputy sees to what waits for them; a new one takes the place of the one before.
-- The deputy gets no rights by it.
CREATE TABLE person_out (
  id       ID PRIMARY KEY,
  person   ID NOT NULL REFERENCES person,
  deputy   ID NOT NULL REFERENCES person,
  until    DATE NOT NULL,
  told_at  INSTANT NOT NULL,
  ended_at INSTANT,
  CHECK (person <> deputy)
);
CREATE UNIQUE INDEX person_out_now ON person_out (person) WHERE ended_at IS NULL;
CREATE INDEX person_out_for ON person_out (deputy);
