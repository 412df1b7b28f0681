-- A hut with a fire. Without a campus it is everybody's.
CREATE TABLE kota (
  id      ID PRIMARY KEY,
  campus  ID REFERENCES campus,
  name    TEXTS,
  state   TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'default')),
  built   DATE,
  lit_at  INSTANT,
  seats   INT NOT NULL CHECK (seats > 0),
  rent    INT,
  height  REAL,
  dry     BOOL NOT NULL DEFAULT TRUE,
  picture BLOB NOT NULL,
  marks   JSON NOT NULL,
  next_to ID REFERENCES kota,
  version INT NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX kota_in_three_languages ON kota (name_fi, name_sv, name_en);
CREATE UNIQUE INDEX kota_of_all ON kota (seats) WHERE campus IS NULL;

-- Who sat where.
-- private to its campus
CREATE TABLE kota_guest (
  id      ID PRIMARY KEY,
  campus  ID NOT NULL REFERENCES campus,
  kota    ID NOT NULL REFERENCES kota ON DELETE CASCADE,
  name    TEXT NOT NULL,
  evening DATE NOT NULL,
  UNIQUE (kota, evening, name)
);
CREATE INDEX kota_guest_of_evening ON kota_guest (evening);
