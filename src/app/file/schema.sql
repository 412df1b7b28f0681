-- A picture that someone gave, made anew here: upright, in the two sizes that pages use, without the metadata that
-- could tell where and when it was taken.
CREATE TABLE picture (
  id       ID PRIMARY KEY,
  digest   TEXT NOT NULL UNIQUE,
  width    INT NOT NULL,
  height   INT NOT NULL,
  large    BLOB NOT NULL,
  small    BLOB NOT NULL,
  given_by ID REFERENCES person,
  given_at INSTANT NOT NULL
);
