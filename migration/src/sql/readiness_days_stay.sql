-- No day is taken away, and none is added to the past but by the demo, which says so first (`readiness::days::date_back`).
CREATE POLICY no_day_goes ON readiness_day AS RESTRICTIVE FOR DELETE USING (false);
CREATE POLICY none_added_later ON readiness_day AS RESTRICTIVE FOR INSERT
    WITH CHECK (current_setting('app.dates_back', true) = 'on'
        OR id >= (SELECT ((clock_timestamp() - interval '1 minute') AT TIME ZONE d.time_zone)::date
            FROM district d WHERE d.id = readiness_day.district_id));
