-- campus_tongues_all() -> campus_tongue[]
SELECT * FROM campus_tongue ORDER BY tag;

-- campus_tongue_with(tag) -> campus_tongue?
SELECT * FROM campus_tongue WHERE tag = :tag;

-- campus_tongue_add(tag, name, what, whom, how) -> campus_tongue_id
INSERT INTO campus_tongue (tag, name, what, whom, how) VALUES (:tag, :name, :what, :whom, :how) RETURNING id;

-- campus_tongue_change(id campus_tongue, name, what, whom, how, version) -> changed
UPDATE campus_tongue SET name = :name, what = :what, whom = :whom, how = :how, version = version + 1
 WHERE id = :id AND version = :version;

-- campus_tongue_end(id campus_tongue, ended_at, version) -> changed
UPDATE campus_tongue SET ended_at = :ended_at, version = version + 1 WHERE id = :id AND version = :version;
