-- wheel_item_named(id wheel_item) -> wheel_name?
SELECT title AS name FROM wheel_item WHERE id = :id;

-- wheel_answer_named(id wheel_answer) -> wheel_name?
SELECT i.title AS name FROM wheel_answer a JOIN wheel_item i ON i.id = a.item WHERE a.id = :id;

-- wheel_proposal_named(id wheel_proposal) -> wheel_name?
SELECT i.title AS name FROM wheel_proposal p JOIN wheel_item i ON i.id = p.item WHERE p.id = :id;

-- wheel_suggestion_named(id wheel_proposal) -> TEXT?
SELECT title FROM wheel_proposal WHERE id = :id AND item IS NULL;

-- wheel_ring_named(id wheel_ring) -> wheel_name?
SELECT name FROM wheel_ring WHERE id = :id;

-- wheel_import_named(id wheel_import) -> wheel_file_name?
SELECT name FROM wheel_import WHERE id = :id;

-- school_year_named(id school_year) -> INT?
SELECT year FROM school_year WHERE id = :id;
