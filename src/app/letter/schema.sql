-- Which letters somebody wants; without a row, all of them.
CREATE TABLE letter_wish (
  id      ID PRIMARY KEY,
  person  ID NOT NULL UNIQUE REFERENCES person,
  monday  BOOL NOT NULL,
  year    BOOL NOT NULL,
  version INT NOT NULL DEFAULT 1
);

-- The Monday for which somebody's letter was last made, also when there was nothing to say: nobody gets it twice.
CREATE TABLE letter_monday (
  id     ID PRIMARY KEY,
  person ID NOT NULL UNIQUE REFERENCES person,
  monday DATE NOT NULL
);

-- Who was told that a year was published.
CREATE TABLE letter_told (
  id     ID PRIMARY KEY,
  person ID NOT NULL REFERENCES person,
  year   ID NOT NULL REFERENCES school_year,
  UNIQUE (year, person)
);
