-- space_source_named(id space_source) -> space_name?
SELECT name FROM space_source WHERE id = :id;

-- space_fault_named(id space_fault) -> space_names?
SELECT s.name FROM space_fault f JOIN space s ON s.id = f.space WHERE f.id = :id;
