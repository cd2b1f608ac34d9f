-- The service changes the row of today and of no other day. A minute for what is written at midnight.
CREATE POLICY today_only ON readiness_day AS RESTRICTIVE FOR UPDATE
    USING (id >= (SELECT ((clock_timestamp() - interval '1 minute') AT TIME ZONE d.time_zone)::date
        FROM district d WHERE d.id = readiness_day.district_id));
