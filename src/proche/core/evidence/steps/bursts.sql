-- Follows received, each person once, and those of the busiest day; how many different moments
-- that day has tells days that people made from days that an export stamped.
SELECT
    account_id,
    CAST(sum(follows) AS BIGINT) AS follows,
    max(CASE WHEN rank = 1 THEN follows END) AS busiest_follows,
    max(CASE WHEN rank = 1 THEN moments END) AS busiest_moments,
    date_diff('day', min(day), max(day)) AS follow_days
FROM (
    SELECT
        account_id,
        day,
        follows,
        moments,
        row_number() OVER (PARTITION BY account_id ORDER BY follows DESC, moments ASC) AS rank
    FROM (
        SELECT
            account_id,
            CAST(followed_at AS DATE) AS day,
            count(*) AS follows,
            count(DISTINCT followed_at) AS moments
        FROM (
            SELECT target_account_id AS account_id, min("at") AS followed_at
            FROM interactions
            WHERE verb = 'follow' AND actor_id <> target_account_id
            GROUP BY target_account_id, actor_id
        ) AS followers
        GROUP BY account_id, CAST(followed_at AS DATE)
    ) AS days
) AS ranked
GROUP BY account_id
