-- The secret address of a calendar: its number goes up when whoever it is of wants a new one, and the old address is
-- nobody's any more. Without a row it is the first. Persons and organisations are numbers here.
CREATE TABLE calendar_key (
  id      ID PRIMARY KEY,
  whose   TEXT NOT NULL CHECK (whose IN ('person', 'organisation')),
  subject INT NOT NULL,
  number  INT NOT NULL,
  UNIQUE (whose, subject)
);
