-- Actors whose region is known, and those of the account's own region.
SELECT
    a.account_id,
    count(*) AS placed_actors,
    count(CASE WHEN lower(b.region) = lower(a.region) THEN 1 END) AS local_actors
FROM accounts AS a
INNER JOIN contacts AS c ON c.recipient_id = a.account_id
INNER JOIN accounts AS b ON b.account_id = c.actor_id
WHERE a.region IS NOT NULL AND b.region IS NOT NULL
GROUP BY a.account_id
