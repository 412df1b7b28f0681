-- kota_guests_of(day INT) -> INT
-- Those by the fire; an arrow -> in a comment is no query.
SELECT count(*) FROM kota WHERE day = :day;
