-- The working diary: what was done in the community-building work, a line an entry; nothing about any student. Without
-- a campus it is of all of them.
CREATE TABLE diary_entry (
  id           ID PRIMARY KEY,
  day          DATE NOT NULL,
  campus       ID REFERENCES campus,
  organisation ID REFERENCES organisation,
  measure      ID REFERENCES measure,
  words        TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 300),
  written_by   ID NOT NULL REFERENCES person,
  written_at   INSTANT NOT NULL,
  removed_at   INSTANT,
  removed_by   ID REFERENCES person,
  version      INT NOT NULL DEFAULT 1
);
CREATE INDEX diary_entry_of_day ON diary_entry (day);
CREATE INDEX diary_entry_with ON diary_entry (organisation, day);
CREATE INDEX diary_entry_removed ON diary_entry (removed_by) WHERE removed_at IS NOT NULL;

-- What an entry was before it changed.
CREATE TABLE diary_entry_past (
  id           ID PRIMARY KEY,
  entry        ID NOT NULL REFERENCES diary_entry,
  version      INT NOT NULL,
  day          DATE NOT NULL,
  place        ID REFERENCES campus,
  organisation ID REFERENCES organisation,
  measure      ID REFERENCES measure,
  words        TEXT NOT NULL,
  changed_at   INSTANT NOT NULL,
  UNIQUE (entry, version)
);

-- What a campus already does for its community, told by somebody who works there, in the words of one language; it
-- stands on the campus's page with thanks. `partners` is with whom besides the organisation. Whoever plans may have
-- joined it to what recurs in the wheel.
CREATE TABLE diary_practice (
  id           ID PRIMARY KEY,
  campus       ID NOT NULL REFERENCES campus,
  words        TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 200),
  language     TEXT NOT NULL CHECK (language IN ('fi', 'sv', 'en')),
  often        TEXT NOT NULL CHECK (often IN ('day', 'week', 'month', 'term', 'year', 'now_and_then')),
  organisation ID REFERENCES organisation,
  partners     TEXT NOT NULL DEFAULT '' CHECK (length(partners) <= 120),
  series       ID REFERENCES wheel_series,
  told_by      ID NOT NULL REFERENCES person,
  told_at      INSTANT NOT NULL,
  removed_at   INSTANT,
  version      INT NOT NULL DEFAULT 1
);
CREATE INDEX diary_practice_of_campus ON diary_practice (campus);
CREATE INDEX diary_practice_with ON diary_practice (organisation);

-- What was told before it changed.
CREATE TABLE diary_practice_past (
  id           ID PRIMARY KEY,
  practice     ID NOT NULL REFERENCES diary_practice,
  version      INT NOT NULL,
  words        TEXT NOT NULL,
  language     TEXT NOT NULL,
  often        TEXT NOT NULL,
  organisation ID REFERENCES organisation,
  partners     TEXT NOT NULL,
  changed_at   INSTANT NOT NULL,
  UNIQUE (practice, version)
);
