-- lato_add(kota, side) -> changed
INSERT INTO lato (kota, side) VALUES (:kota, :side) ON CONFLICT (kota, side) DO NOTHING;

-- lato_of(side) -> lato_line[]
-- What stands to the left is read.
SELECT l.kota, k.name, k.state, l.side FROM lato l JOIN kota k ON k.id = l.kota
 WHERE l.side = :side ORDER BY l.kota;

-- lato_remove(kota) -> changed
DELETE FROM lato WHERE kota = :kota;

-- lato_turn_add(kota, first, last) -> changed
INSERT INTO lato_turn (kota, first, last) VALUES (:kota, :first, :last);
