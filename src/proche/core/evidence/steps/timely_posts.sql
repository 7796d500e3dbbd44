-- Posts that count: of a known account, dated, and not after the day the account was seen.
SELECT
    p.account_id,
    p.post_id,
    p.text,
    p.hashtags,
    p.likes,
    p.comments,
    p.sponsored,
    date_diff('day', CAST(p.published_at AS DATE), a.as_of) AS age_days
FROM posts AS p
INNER JOIN accounts AS a ON a.account_id = p.account_id
WHERE CAST(p.published_at AS DATE) <= a.as_of
