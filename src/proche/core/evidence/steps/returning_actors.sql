-- Actors seen on the account's posts, how many of them return, and on how many posts.
SELECT
    s.account_id,
    s.seen_actors,
    coalesce(f.returning_actors, 0) AS returning_actors,
    p.posts_acted_on
FROM (
    SELECT recipient_id AS account_id, count(*) AS seen_actors
    FROM contacts
    WHERE acts_on_posts > 0
    GROUP BY recipient_id
) AS s
INNER JOIN posts_acted_on AS p ON p.account_id = s.account_id
LEFT JOIN (
    SELECT recipient_id, count(*) AS returning_actors
    FROM frequent
    GROUP BY recipient_id
) AS f ON f.recipient_id = s.account_id
