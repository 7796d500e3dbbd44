-- Actors seen on the account's posts, how many of them return, and on how many posts.
SELECT
    a.account_id,
    s.seen_actors,
    coalesce(f.returning_actors, 0) AS returning_actors,
    p.posts_acted_on
FROM accounts AS a
INNER JOIN (
    SELECT recipient_id, count(*) AS seen_actors
    FROM contacts
    WHERE acts_on_posts > 0
    GROUP BY recipient_id
) AS s ON s.recipient_id = a.account_id
INNER JOIN (
    SELECT target_account_id, count(DISTINCT post_id) AS posts_acted_on
    FROM interactions
    WHERE verb <> 'follow' AND actor_id <> target_account_id
    GROUP BY target_account_id
) AS p ON p.target_account_id = a.account_id
LEFT JOIN (
    SELECT recipient_id, count(*) AS returning_actors
    FROM frequent
    GROUP BY recipient_id
) AS f ON f.recipient_id = a.account_id
