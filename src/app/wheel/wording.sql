-- wheel_item_wordings(year school_year) -> wheel_item_wording[]
SELECT i.id, i.campus, i.title, i.sentence, i.description, i.version, y.year
  FROM wheel_item i JOIN school_year y ON y.id = i.year
 WHERE i.year = :year AND i.cancelled_at IS NULL
 ORDER BY i.starts, i.ends, i.id;

-- wheel_item_wording_of(id wheel_item) -> wheel_item_wording?
SELECT i.id, i.campus, i.title, i.sentence, i.description, i.version, y.year
  FROM wheel_item i JOIN school_year y ON y.id = i.year
 WHERE i.id = :id AND i.cancelled_at IS NULL AND y.state <> 'closed';

-- wheel_item_reword(id wheel_item, campus, title, sentence, description, changed_at, version) -> changed
UPDATE wheel_item
   SET title = :title, sentence = :sentence, description = :description, changed_at = :changed_at,
       version = version + 1
 WHERE id = :id AND campus IS NOT DISTINCT FROM :campus AND version = :version;

-- wheel_material_wordings(year school_year) -> wheel_material_wording[]
SELECT m.id, m.item, i.campus, i.title AS of_item, m.title, m.body, y.year
  FROM wheel_item i JOIN school_year y ON y.id = i.year JOIN wheel_material m ON m.item = i.id
 WHERE i.year = :year AND i.cancelled_at IS NULL AND m.cancelled_at IS NULL
 ORDER BY i.starts, i.ends, i.id, m.position, m.id;

-- wheel_material_wording_of(id wheel_material) -> wheel_material_wording?
SELECT m.id, m.item, i.campus, i.title AS of_item, m.title, m.body, y.year
  FROM wheel_material m JOIN wheel_item i ON i.id = m.item JOIN school_year y ON y.id = i.year
 WHERE m.id = :id AND m.cancelled_at IS NULL AND i.cancelled_at IS NULL AND y.state <> 'closed';

-- wheel_material_reword(id wheel_material, title, body) -> changed
UPDATE wheel_material SET title = :title, body = :body WHERE id = :id AND cancelled_at IS NULL;
