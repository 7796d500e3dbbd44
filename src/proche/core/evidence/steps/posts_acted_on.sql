-- On how many of its posts an account was acted on by others.
SELECT account_id, count(*) AS posts_acted_on
FROM (
    SELECT target_account_id AS account_id, post_id
    FROM interactions
    WHERE verb <> 'follow' AND actor_id <> target_account_id AND post_id IS NOT NULL
    GROUP BY target_account_id, post_id
) AS distinct_posts
GROUP BY account_id
