-- Comments an account received: neither its own, nor those meant for somebody else.
SELECT
    target_account_id AS account_id,
    actor_id,
    post_id,
    "at"
FROM interactions
WHERE
    verb = 'reply'
    AND actor_id <> target_account_id
    AND coalesce(in_reply_to_actor_id, target_account_id) = target_account_id
