-- Who acted towards whom, once a pair: an answer under one's own post goes to the person
-- answered. Following is a state, not an act, and is left out; so is acting towards oneself.
SELECT
    actor_id,
    recipient_id,
    count(own_post_id) AS acts_on_posts
FROM (
    SELECT
        actor_id,
        CASE
            WHEN target_account_id = actor_id THEN in_reply_to_actor_id
            ELSE target_account_id
        END AS recipient_id,
        CASE WHEN target_account_id <> actor_id THEN post_id END AS own_post_id
    FROM interactions
    WHERE verb <> 'follow'
) AS acts
WHERE recipient_id <> actor_id
GROUP BY actor_id, recipient_id
