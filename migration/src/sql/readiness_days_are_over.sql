-- The service changes the row of today and of no other day, and removes none.
CREATE POLICY today_only ON readiness_day AS RESTRICTIVE FOR UPDATE
    USING (id = (SELECT (now() AT TIME ZONE d.time_zone)::date FROM district d WHERE d.id = readiness_day.district_id));
CREATE POLICY never ON readiness_day AS RESTRICTIVE FOR DELETE USING (false);
