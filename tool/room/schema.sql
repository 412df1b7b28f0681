-- What somebody left here for all to read.
CREATE TABLE kota_note (
  id ID PRIMARY KEY,
  words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
  noted_by ID NOT NULL REFERENCES person,
  noted_at INSTANT NOT NULL
);
