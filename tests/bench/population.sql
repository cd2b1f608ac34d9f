-- Multiplies what the service wrote in one district over all kabupaten/kota. psql variables: district (code), here and
-- elsewhere (records of the measured kind in that district and in each other one). Prints: districts|records|records here.
-- The superuser runs it, past row level security.

BEGIN;
SELECT setseed(0.5) \g /dev/null

INSERT INTO district (id, code, name, province_code, province_name, unit_name, office_name, address, hotline, time_zone,
                      phase, live_at)
SELECT replace(r.code, '.', '')::integer, r.code, r.full_name, p.code, p.name, 'PKSAI ' || r.name,
       'Dinas Sosial ' || r.full_name, 'Jalan Contoh Nomor 1, ' || r.name, '', r.time_zone,
       CASE WHEN random() < 0.3 THEN 'live' ELSE 'onboarding' END, NULL
FROM region r JOIN region p ON p.code = r.parent_code
WHERE r.level = 'regency'
ON CONFLICT (code) DO NOTHING;
UPDATE district SET live_at = now() - random() * interval '3 years' WHERE phase = 'live' AND live_at IS NULL;

-- The summary of the measured district with other figures; the shape of its components is the service's.
INSERT INTO readiness_summary (district_id, standard_version, as_of, claimed, verified, complete_components, blockers,
                               components, phase, phase_since, phase_dates, last_progress_on, expiring, expired,
                               standard_fingerprint)
SELECT d.id, s.standard_version, s.as_of, (5000 + 5000 * random())::smallint, (5000 * random())::smallint,
       (6 * random())::smallint, (40 * random())::smallint,
       (SELECT jsonb_agg(c || jsonb_build_object('claimed', round((50 + 50 * random())::numeric, 2),
                                                 'verified', round((50 * random())::numeric, 2)) ORDER BY place)
        FROM jsonb_array_elements(s.components) WITH ORDINALITY AS component (c, place) WHERE d.id IS NOT NULL),
       course.phase, course.since, course.dates, s.as_of - (200 * random())::integer, (3 * random())::smallint,
       GREATEST(0, 3 * random() - 2)::smallint, s.standard_fingerprint
FROM district d
     CROSS JOIN (readiness_summary s JOIN district one ON one.id = s.district_id AND one.code = :'district')
     -- As many phases as chance will have, half a year or so apart, the last of them not in the future.
     CROSS JOIN LATERAL (
         SELECT (array['commitment', 'decree', 'regulation', 'procedures', 'launched', 'operational',
                       'self_reliant'])[count(*)] AS phase, max(day) AS since, jsonb_agg(day ORDER BY day) AS dates
         FROM (SELECT s.as_of - (150 * n + (140 * random())::integer) AS day
               FROM generate_series(1, CASE WHEN d.phase = 'live' THEN 6 ELSE 1 + (3.4 * random())::integer END) AS n) AS step
     ) AS course
ON CONFLICT DO NOTHING;

INSERT INTO setup_record (district_id, id, kind, component, position, title, content, complete, missing, created_at,
                          updated_at, updated_by, updated_by_name)
SELECT d.id, gen_random_uuid(), r.kind, r.component, n, r.title || ' ' || n,
       r.content || jsonb_build_object('name', r.title || ' ' || n), r.complete, r.missing,
       r.created_at, r.updated_at, r.updated_by, r.updated_by_name
FROM setup_record r JOIN district one ON one.id = r.district_id AND one.code = :'district' AND r.kind = 'service'
     CROSS JOIN district d
     CROSS JOIN LATERAL generate_series(2, CASE WHEN d.id = one.id THEN :here ELSE :elsewhere END) AS n
WHERE r.title = 'Layanan contoh';
COMMIT;

VACUUM (ANALYZE) district, readiness_summary, setup_record;
CHECKPOINT;
SELECT (SELECT count(*) FROM district), count(*),
       count(*) FILTER (WHERE district_id = (SELECT id FROM district WHERE code = :'district'))
FROM setup_record;
