-- What an account answered to whom, under which post and when.
SELECT DISTINCT
    i.actor_id AS account_id,
    coalesce(i.in_reply_to_actor_id, i.target_account_id) AS recipient_id,
    coalesce(CAST(i.post_id AS VARCHAR), '') AS post_id,
    i."at"
FROM interactions AS i
INNER JOIN accounts AS a ON a.account_id = i.actor_id
WHERE i.verb = 'reply' AND coalesce(i.in_reply_to_actor_id, i.target_account_id) <> i.actor_id
