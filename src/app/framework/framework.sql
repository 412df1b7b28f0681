-- goals() -> goal[]
SELECT * FROM goal ORDER BY key;

-- measures() -> measure[]
SELECT * FROM measure ORDER BY key;

-- results() -> result[]
SELECT * FROM result ORDER BY key;

-- goal_measures() -> goal_measure[]
SELECT * FROM goal_measure ORDER BY goal, measure;

-- goal_results() -> goal_result[]
SELECT * FROM goal_result ORDER BY goal, result;

-- sources() -> source[]
SELECT * FROM source ORDER BY id;

-- result_sources() -> result_source[]
SELECT * FROM result_source ORDER BY result, id;

-- measure_sources() -> measure_source[]
SELECT * FROM measure_source ORDER BY measure, id;

-- measure_by_key(key) -> measure?
SELECT * FROM measure WHERE key = :key;

-- goal_put(key, title) -> goal_id
INSERT INTO goal (key, title) VALUES (:key, :title)
ON CONFLICT (key) DO UPDATE SET title = :title RETURNING id;

-- measure_put(key, title) -> measure_id
INSERT INTO measure (key, title) VALUES (:key, :title)
ON CONFLICT (key) DO UPDATE SET title = :title RETURNING id;

-- result_put(key, title) -> result_id
INSERT INTO result (key, title) VALUES (:key, :title)
ON CONFLICT (key) DO UPDATE SET title = :title RETURNING id;

-- goal_measure_add(goal, measure) -> changed
INSERT INTO goal_measure (goal, measure) VALUES (:goal, :measure)
ON CONFLICT (goal, measure) DO NOTHING;

-- goal_result_add(goal, result) -> changed
INSERT INTO goal_result (goal, result) VALUES (:goal, :result)
ON CONFLICT (goal, result) DO NOTHING;

-- source_put(key, title, page) -> source_id
INSERT INTO source (key, title, page) VALUES (:key, :title, :page)
ON CONFLICT (key) DO UPDATE SET title = :title, page = :page RETURNING id;

-- source_by_key(key) -> source?
SELECT * FROM source WHERE key = :key;

-- result_source_add(result, source) -> changed
INSERT INTO result_source (result, source) VALUES (:result, :source)
ON CONFLICT (result, source) DO NOTHING;

-- measure_source_add(measure, source) -> changed
INSERT INTO measure_source (measure, source) VALUES (:measure, :source)
ON CONFLICT (measure, source) DO NOTHING;
