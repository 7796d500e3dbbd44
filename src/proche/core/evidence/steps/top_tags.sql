-- The five hashtags found on most posts, of those found on two posts or more.
SELECT account_id, tag, rank
FROM (
    SELECT
        account_id,
        tag,
        row_number() OVER (PARTITION BY account_id ORDER BY uses DESC, tag ASC) AS rank
    FROM tags
    WHERE uses >= 2
) AS ranked
WHERE rank <= 5
