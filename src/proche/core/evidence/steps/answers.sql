-- What an account answered to whom, under which post and when.
SELECT
    actor_id AS account_id,
    coalesce(in_reply_to_actor_id, target_account_id) AS recipient_id,
    post_id,
    "at"
FROM interactions
WHERE verb = 'reply' AND coalesce(in_reply_to_actor_id, target_account_id) <> actor_id
