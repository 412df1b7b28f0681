-- job_ran(name, ran_at) -> changed
INSERT INTO job_run (name, ran_at) VALUES (:name, :ran_at)
ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at;

-- job_last(name) -> INSTANT?
SELECT ran_at FROM job_run WHERE name = :name;
