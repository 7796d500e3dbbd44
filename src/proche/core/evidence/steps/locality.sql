-- Actors whose region is known, and those of the account's own region.
SELECT
    home.account_id,
    count(*) AS placed_actors,
    count(CASE WHEN away.place = home.place THEN 1 END) AS local_actors
FROM contacts AS c
INNER JOIN places AS home ON home.account_id = c.recipient_id
INNER JOIN places AS away ON away.account_id = c.actor_id
GROUP BY home.account_id
