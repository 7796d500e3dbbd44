-- The beginnings of an account's six latest captions, where its language is not given.
SELECT
    account_id,
    concat_ws(
        ' ',
        max(CASE WHEN rank = 1 THEN words END),
        max(CASE WHEN rank = 2 THEN words END),
        max(CASE WHEN rank = 3 THEN words END),
        max(CASE WHEN rank = 4 THEN words END),
        max(CASE WHEN rank = 5 THEN words END),
        max(CASE WHEN rank = 6 THEN words END)
    ) AS text
FROM (
    SELECT
        p.account_id,
        substring(p.text, 1, 80) AS words,
        row_number() OVER (
            PARTITION BY p.account_id ORDER BY p.age_days ASC, CAST(p.post_id AS VARCHAR) ASC
        ) AS rank
    FROM timely_posts AS p
    INNER JOIN accounts AS a ON a.account_id = p.account_id
    WHERE a.language IS NULL AND p.text IS NOT NULL
) AS recent
WHERE rank <= 6
GROUP BY account_id
