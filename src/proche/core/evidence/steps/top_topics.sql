-- The five topics found on most posts, of those found on two posts or more.
SELECT account_id, topic, rank
FROM (
    SELECT
        account_id,
        topic,
        row_number() OVER (PARTITION BY account_id ORDER BY uses DESC, topic ASC) AS rank
    FROM topics
    WHERE topic IS NOT NULL AND uses >= 2
) AS ranked
WHERE rank <= 5
