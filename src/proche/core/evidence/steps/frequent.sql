-- Actors seen on three different posts of an account or more. Only pairs with three acts can
-- be, so the posts of the others are never told apart.
SELECT recipient_id, actor_id
FROM (
    SELECT DISTINCT
        c.recipient_id,
        c.actor_id,
        i.post_id
    FROM contacts AS c
    INNER JOIN interactions AS i
        ON i.target_account_id = c.recipient_id AND i.actor_id = c.actor_id
    WHERE c.acts_on_posts >= 3 AND i.verb <> 'follow' AND i.post_id IS NOT NULL
) AS seen
GROUP BY recipient_id, actor_id
HAVING count(*) >= 3
