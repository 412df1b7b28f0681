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
