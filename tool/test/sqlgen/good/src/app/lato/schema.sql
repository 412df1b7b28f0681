-- A barn, by the hut it belongs to: it has no id of its own.
CREATE TABLE lato (
  kota ID NOT NULL REFERENCES kota,
  side TEXT NOT NULL CHECK (side IN ('left', 'right')),
  PRIMARY KEY (kota, side)
);
