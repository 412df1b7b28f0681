-- What happened: appended, never changed. Persons and places are numbers without foreign keys, so that the
-- record outlives them. The payload may be erased; the digest stays, and the chain of seals with it.
CREATE TABLE journal (
  id      ID PRIMARY KEY,
  at      INSTANT NOT NULL,
  event   TEXT NOT NULL,
  person  INT NOT NULL,
  place   INT NOT NULL,
  subject INT NOT NULL,
  was     TEXT NOT NULL DEFAULT '',
  becomes TEXT NOT NULL DEFAULT '',
  salt    TEXT NOT NULL,
  digest  TEXT NOT NULL,
  erased  BOOL NOT NULL DEFAULT FALSE
);
CREATE INDEX journal_of_subject ON journal (event, subject);

-- A link of the chain: the digest of the link before it and of all rows up to `upto`.
CREATE TABLE journal_seal (
  id   ID PRIMARY KEY,
  upto INT NOT NULL UNIQUE,
  head TEXT NOT NULL,
  at   INSTANT NOT NULL
);
