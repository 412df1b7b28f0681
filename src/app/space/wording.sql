-- space_reword(id space, campus, name, description, entry, checklist, picture_alt, version) -> changed
UPDATE space
   SET name = :name, description = :description, entry = :entry, checklist = :checklist, picture_alt = :picture_alt,
       version = version + 1
 WHERE id = :id AND campus = :campus AND version = :version;
