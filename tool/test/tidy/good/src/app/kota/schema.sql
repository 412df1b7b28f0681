-- kota(is no query) -> for this is a schema
CREATE TABLE kota (id ID PRIMARY KEY, day INT);
